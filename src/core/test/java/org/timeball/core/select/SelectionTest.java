package org.timeball.core.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.select.Candidate.Fit;

class SelectionTest {
  private static final Standing PREFER = new Standing(true, false, false, false);
  private static final Standing TRUST = new Standing(false, true, false, false);
  private static final Standing REQUIRE = new Standing(false, false, true, false);
  private static final Standing NOSELECT = new Standing(false, false, false, true);

  private static Candidate source(String name, double offset, double distance) {
    return source(name, offset, distance, Standing.PLAIN);
  }

  private static Candidate source(String name, double offset, double distance, Standing standing) {
    return new Candidate(name, Math.round(offset * 1e9), distance, 1, standing, Fit.FIT);
  }

  private static Selection select(Candidate... candidates) {
    return Selection.of(List.of(candidates), 1);
  }

  @Test
  void nothingIsSelectedFromNothing() {
    assertThat(select().selected()).isEmpty();
  }

  @Test
  void oneSourceAloneIsItsOwnMajority() {
    assertThat(select(source("a", 5, 0.001)).selected()).contains("a");
  }

  @Test
  void twoOfFiveFalsetickersAreNamedAndTheBestOfTheOthersFollowed() {
    Selection selection =
        select(
            source("a", 0.000, 0.010),
            source("bad1", 0.500, 0.010),
            source("b", 0.002, 0.005),
            source("bad2", -0.700, 0.010),
            source("c", 0.001, 0.020));

    assertThat(selection.selected()).contains("b");
    assertThat(selection.fates())
        .containsEntry("bad1", Fate.FALSETICKER)
        .containsEntry("bad2", Fate.FALSETICKER)
        .containsEntry("a", Fate.TRUECHIMER)
        .containsEntry("c", Fate.TRUECHIMER);
  }

  @Test
  void threeOfFiveThatScatterLeaveNoMajority() {
    Selection selection =
        select(
            source("a", 0.000, 0.010),
            source("b", 0.001, 0.010),
            source("bad1", 0.500, 0.010),
            source("bad2", -0.700, 0.010),
            source("bad3", 0.900, 0.010));

    assertThat(selection.selected()).isEmpty();
    assertThat(selection.fates()).containsValue(Fate.NO_MAJORITY).hasSize(5);
  }

  @Test
  void twoThatDisagreeHaveNoMajority() {
    Selection selection = select(source("a", 0, 0.01), source("b", 1, 0.01));

    assertThat(selection.selected()).isEmpty();
    assertThat(selection.fates().values()).containsOnly(Fate.NO_MAJORITY);
  }

  @Test
  void overlappingIntervalsAreNotEnoughIfTheirMidpointsLieOutside() {
    assertThat(select(source("a", 0, 0.6), source("b", 1, 0.6)).selected()).isEmpty();
    assertThat(select(source("a", 0, 1.1), source("b", 1, 1.1)).selected()).contains("a");
  }

  @Test
  void preferIsForTheRightOnesOnly() {
    assertThat(
            select(
                    source("a", 0, 0.01),
                    source("b", 0.001, 0.01),
                    source("preferred", 0.002, 0.02, PREFER))
                .selected())
        .contains("preferred");
    assertThat(
            select(
                    source("a", 0, 0.01),
                    source("b", 0.001, 0.01),
                    source("preferred", 9, 0.02, PREFER))
                .selected())
        .contains("a");
  }

  @Test
  void aTrustedSourceIsNotOutvoted() {
    Selection selection =
        select(
            source("gps", 0, 0.001, TRUST),
            source("x", 1, 0.01),
            source("y", 1, 0.01),
            source("z", 1, 0.01));

    assertThat(selection.selected()).contains("gps");
    assertThat(selection.fates()).containsEntry("x", Fate.OUTVOTED_BY_TRUST);
  }

  @Test
  void noselectIsShownAndNeverFollowed() {
    Selection selection = select(source("a", 0, 0.01, NOSELECT));

    assertThat(selection.selected()).isEmpty();
    assertThat(selection.fates()).containsEntry("a", Fate.NOSELECT);
  }

  @Test
  void whatIsNotFitHasNoVoteAndKeepsItsReason() {
    Candidate unproven = new Candidate("new", 0, 0.01, 0, Standing.PLAIN, Fit.NOT_PROVEN);

    Selection selection = select(unproven, source("a", 5, 0.01));

    assertThat(selection.selected()).contains("a");
    assertThat(selection.fates()).containsEntry("new", Fate.NOT_PROVEN);
  }

  @Test
  void fewerThanTheMinimumAreNotFollowed() {
    Selection selection = Selection.of(List.of(source("a", 0, 0.01), source("b", 0, 0.01)), 3);

    assertThat(selection.selected()).isEmpty();
    assertThat(selection.fates().values()).containsOnly(Fate.TOO_FEW);
  }

  @Test
  void ofThoseThatAreRightTheLowestStratumGoesFirst() {
    Candidate network = new Candidate("ntp", 0, 0.001, 2, Standing.PLAIN, Fit.FIT);
    Candidate refclock = new Candidate("gps", 0, 0.002, 0, Standing.PLAIN, Fit.FIT);

    assertThat(select(network, refclock).selected()).contains("gps");
  }

  @Test
  void aPreciseClockAndAServerWhoseIntervalHoldsItAgree() {
    Selection selection =
        Selection.of(List.of(source("gps", 0, 1e-6), source("ntp", 0.002, 0.005)), 1);

    assertThat(selection.selected()).contains("gps");
    assertThat(selection.fates()).containsEntry("ntp", Fate.TRUECHIMER);
  }

  @Test
  void nobodyIsFollowedUnlessOneThatIsRequiredAgrees() {
    Selection without =
        select(source("a", 0, 0.01), source("b", 0.001, 0.01), source("must", 5, 0.01, REQUIRE));
    assertThat(without.selected()).isEmpty();
    assertThat(without.fates())
        .containsEntry("a", Fate.REQUIRED_MISSING)
        .containsEntry("must", Fate.FALSETICKER);

    Selection with =
        select(
            source("a", 0, 0.01),
            source("b", 0.001, 0.02),
            source("must", 0.002, 0.03, REQUIRE),
            source("must too", 7, 0.01, REQUIRE));
    assertThat(with.selected()).contains("a");
  }

  @Test
  void theTrustedThatDisagreeAmongThemselvesHaveNoMoreToSayThanOthers() {
    Selection selection =
        select(
            source("trusted", 0, 0.01, TRUST),
            source("trusted too", 9, 0.01, TRUST),
            source("a", 0.001, 0.01),
            source("b", 0.002, 0.01));

    assertThat(selection.selected()).contains("trusted");
    assertThat(selection.fates()).containsEntry("trusted too", Fate.FALSETICKER);
  }

  @Test
  void aTrustedSourceAloneIsNotEnoughWhereMoreMustAgree() {
    Selection selection =
        Selection.of(
            List.of(source("gps", 0, 0.001, TRUST), source("a", 3, 0.01), source("b", 3, 0.01)), 2);

    assertThat(selection.selected()).isEmpty();
    assertThat(selection.fates())
        .containsEntry("gps", Fate.TOO_FEW)
        .containsEntry("a", Fate.OUTVOTED_BY_TRUST);
  }

  @Test
  void noselectHasNoVoteWhateverElseItIsMarked() {
    Standing all = new Standing(true, true, false, true);
    Selection selection =
        select(source("shown", 3, 0.01, all), source("a", 0, 0.01), source("b", 3, 0.01, NOSELECT));

    assertThat(selection.selected()).contains("a");
    assertThat(selection.fates())
        .containsEntry("shown", Fate.NOSELECT)
        .containsEntry("b", Fate.NOSELECT);
  }

  @Test
  void ofTwoThatArePreferredTheBetterOneIsFollowed() {
    assertThat(
            select(
                    source("a", 0, 0.001),
                    source("b", 0, 0.02, PREFER),
                    source("c", 0, 0.01, PREFER))
                .selected())
        .contains("c");
  }

  @Test
  void aPreferredSourceThatIsNotFitIsNotWaitedFor() {
    Candidate away = new Candidate("preferred", 0, 0.01, 1, PREFER, Fit.UNREACHABLE);

    assertThat(select(away, source("a", 0, 0.01)).selected()).contains("a");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FIT")
  void whatIsNotFitIsNeitherFollowedNorCountedAndSaysWhy(Fit fit) {
    Selection selection =
        Selection.of(
            List.of(new Candidate("unfit", 0, 0.01, 1, Standing.PLAIN, fit), source("a", 0, 0.01)),
            2);

    assertThat(selection.selected()).isEmpty();
    assertThat(selection.fates())
        .containsEntry("unfit", Fate.valueOf(fit.name()))
        .containsEntry("a", Fate.TOO_FEW);
  }
}
