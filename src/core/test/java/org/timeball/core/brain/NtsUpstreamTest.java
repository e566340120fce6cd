package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.ClockReading;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.nts.FakeAead;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.nts.client.NtsStatus;
import org.timeball.core.nts.client.NtsTools;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.select.Fate;
import org.timeball.core.source.UpstreamSettings;

/** Time from servers with Network Time Security. */
class NtsUpstreamTest {
  private static final double HOUR = 3_600;
  private static final long DAY = 86_400 * World.SECOND;

  private static TestNtsServer server;

  private static World with(long seed, String kept, Consumer<TestNtsServer> story) {
    return with(World.seeded(seed), kept, Optional.empty(), story);
  }

  private static World with(
      World world,
      String kept,
      Optional<ClockReading> realTimeClock,
      Consumer<TestNtsServer> story,
      String... others) {
    server = new TestNtsServer(world, "ntp");
    story.accept(server);
    List<UpstreamSettings> servers = new ArrayList<>();
    servers.add(upstream("ntp", Optional.of("time.example:4460")));
    for (String other : others) {
      world.server(other);
      servers.add(upstream(other, Optional.empty()));
    }
    return world.with(
        TestSettings.of(List.of(), servers),
        "",
        new NtsSetup(new NtsTools(FakeAead::new, world.random::nextBytes), kept, realTimeClock));
  }

  private static UpstreamSettings upstream(String name, Optional<String> keyServer) {
    return TestSettings.upstream(name, UpstreamSettings.Kind.SERVER, keyServer);
  }

  private static StatusReport.Server report(World world) {
    return world.status().servers().getFirst();
  }

  private static NtsStatus nts(World world) {
    return report(world).nts().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void followsAServerWithOneSetOfKeysAndUsesNoCookieTwice(long seed) {
    World world = with(seed, "", s -> {});
    world.until(2 * HOUR);

    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(server.establishedAt).hasSize(1);
    assertThat(server.seen).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    assertThat(nts(world).cookies()).isBetween(7, 8);
    assertThat(nts(world).authentic()).isEqualTo(report(world).used() + report(world).outliers());
    assertThat(world.directions).hasSize(1);
    assertThat(world.directions.getFirst().host()).isEqualTo("10.0.0.9");
  }

  @Test
  void aReplyThatIsLostCostsOneCookieAndTheNextReplyBringsItBack() {
    World world = with(1, "", s -> {});
    world.until(300);
    server.bendSealed = reply -> new byte[1];
    world.until(300 + 3 * 64 + 10);
    assertThat(nts(world).cookies()).isLessThan(6);

    server.bendSealed = reply -> reply;
    world.until(300 + 5 * 64);
    assertThat(nts(world).cookies()).isEqualTo(8);
    assertThat(server.establishedAt).hasSize(1);
  }

  @Test
  void aServerThatLostItsKeysIsAskedForNewOnesAfterASecondRefusalAndSoon() {
    World world = with(2, "", s -> {});
    world.until(1000);
    server.forgetCookies();
    world.until(1000 + 64 + 10);

    assertThat(server.establishedAt).hasSize(2);
    assertThat(nts(world).cookiesRefused()).isBetween(2L, 3L);
    world.until(1000 + 2 * 64);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(server.seen).doesNotHaveDuplicates();
  }

  @Test
  void aFloodOfRefusalsFetchesKeysLessAndLessOften() {
    World world = with(3, "", s -> {});
    world.until(600);
    int before = server.establishedAt.size();
    server.bendSealed = reply -> server.forgedRefusal();
    world.every(
        1,
        601,
        () -> server.ntp.send(server.ntp.requests.getLast(), world.raw(), server.forgedRefusal()));
    world.until(600 + 24 * HOUR);

    List<Double> at = server.establishedAt.subList(before, server.establishedAt.size());
    assertThat(at).hasSizeBetween(10, 24);
    for (int i = 6; i < at.size(); i++) {
      double pause = at.get(i) - at.get(i - 1);
      assertThat(pause).isGreaterThanOrEqualTo(4 * Math.scalb(1.0, Math.min(i - 1, 11)));
    }
  }

  @Test
  void aForgedRefusalThatComesFirstDoesNotKeepTheTrueReplyOut() {
    World world = with(4, "", s -> {});
    server.ntp.delay = 0.05;
    world.every(
        0.5,
        10,
        () -> {
          if (!server.ntp.requests.isEmpty()) {
            server.ntp.send(server.ntp.requests.getLast(), world.raw(), server.forgedRefusal());
          }
        });
    world.until(1 * HOUR);

    assertThat(server.establishedAt).hasSize(1);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DENY", "RSTR", "RATE"})
  void aKissThatIsNotAuthenticIsIgnored(String code) {
    World world = with(5, "", s -> {});
    world.until(300);
    int poll = report(world).pollExponent();
    server.bendSealed = reply -> TestNtsServer.kiss(reply, code);
    world.until(500);
    assertThat(report(world).refusal()).isEmpty();
    assertThat(report(world).pollExponent()).isLessThanOrEqualTo(poll + 1);
    assertThat(report(world).dropped()).containsKey("5 authentication");

    server.bendSealed = reply -> reply;
    world.until(800);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
  }

  @Test
  void timeWithoutAnAuthenticatorIsNeverTaken() {
    World world = with(6, "", s -> s.bendSealed = r -> Arrays.copyOf(r, NtpHeader.LENGTH));
    world.until(1 * HOUR);

    assertThat(world.isServed()).isFalse();
    assertThat(world.steps).isEmpty();
    assertThat(report(world).used()).isZero();
  }

  @Test
  void saysOnceWhyThereAreNoKeysAndTriesAgainWithGrowingPauses() {
    String reason = "its certificate is for other.example, not for time.example";
    World world = with(7, "", s -> s.refusal = reason);
    world.until(300);

    assertThat(world.notices).filteredOn(n -> n.contains(reason)).hasSize(1);
    assertThat(world.why()).anyMatch(w -> w.contains(reason));
    assertThat(server.establishedAt).hasSizeBetween(5, 7);
    assertThat(nts(world).failureReasons()).containsKey(reason);
    assertThat(server.seen).isEmpty();

    server.refusal = "";
    world.until(1_200);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(nts(world).trouble()).isEmpty();
  }

  @Test
  void goesOnWithItsCookiesAfterARestart() {
    World first = with(8, "", s -> {});
    first.until(600);
    String kept = first.brain.cookies();
    TestNtsServer before = server;

    World second = with(9, kept, s -> s.remember(before));
    second.until(600);
    assertThat(server.establishedAt).isEmpty();
    assertThat(second.brain.state()).as(second.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(second.directions).hasSize(1);
    assertThat(server.seen).doesNotContainAnyElementsOf(before.seen);
  }

  @Test
  void cookiesSetAsideForAPowerCutAreUsedByNobodyElse() {
    World first = with(10, "", s -> {});
    first.until(3 * HOUR);
    TestNtsServer before = server;
    assertThat(first.cookies).hasSizeBetween(2, 4);

    for (String kept : first.cookies) {
      World second = with(11, kept, s -> s.remember(before));
      second.until(120);
      assertThat(server.establishedAt).isEmpty();
      assertThat(server.seen).doesNotContainAnyElementsOf(before.seen);
    }
  }

  @Test
  void cookiesOfAnotherServerAreOfNoUse() {
    World first = with(8, "", s -> {});
    first.until(600);
    String kept = first.brain.cookies().replace("time.example", "elsewhere.example");

    with(9, kept, s -> {}).until(60);
    assertThat(server.establishedAt).hasSize(1);
  }

  @Test
  void aServerThatGivesOneCookieIsAskedWithIt() {
    World world = with(12, "", s -> s.cookies = 1);
    world.until(300);

    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(nts(world).cookies()).isBetween(7, 8);
    assertThat(server.establishedAt).hasSize(1);
  }

  @Test
  void withNoWitnessOfTheTimeTheCertificateIsCheckedByTheDayOfTheBuildAndLaterAgain() {
    // The machine's clock is twenty years behind.
    World world =
        with(
            new World(1, World.NOON, -20 * 365.25 * 86_400, 20e-6, 1e-9),
            "",
            Optional.empty(),
            s -> {});
    world.until(300);

    assertThat(server.wishes.getFirst().present().earliestUnixNanos()).isEqualTo(World.FLOOR);
    assertThat(server.wishes.getFirst().present().isKnown()).isFalse();
    assertThat(world.notices).anyMatch(n -> n.contains("only assumed") && n.contains("built on"));
    assertThat(world.notices).anyMatch(n -> n.contains("certificate is valid, now that the time"));
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(Math.abs(world.error())).isLessThan(0.01);
    assertThat(nts(world).certificateConfirmed()).isTrue();
  }

  @Test
  void aRealTimeClockThatCanBeRightNarrowsItAndOneThatCannotDoesNot() {
    World world = World.seeded(1);
    with(world, "", Optional.of(new ClockReading(world.raw(), World.NOON + DAY / 2)), s -> {});
    assertThat(server.wishes.getFirst().present().latestUnixNanos())
        .isBetween(World.NOON, World.NOON + 2 * DAY);

    world = World.seeded(1);
    with(world, "", Optional.of(new ClockReading(world.raw(), DAY)), s -> {});
    assertThat(server.wishes.getFirst().present().earliestUnixNanos()).isEqualTo(World.FLOOR);
  }

  @Test
  void aCertificateThatExpiredBeforeTheBuildIsRefusedWhateverTheClock() {
    World world =
        with(
            new World(1, World.NOON, -20 * 365.25 * 86_400, 20e-6, 1e-9),
            "",
            Optional.empty(),
            s -> s.certificate = new ValidityPeriod(World.FLOOR - 900 * DAY, World.FLOOR - DAY));
    world.until(600);

    assertThat(server.seen).isEmpty();
    assertThat(world.notices).anyMatch(n -> n.contains("the certificate expired on"));
    assertThat(world.isServed()).isFalse();
  }

  @Test
  void aServerWhoseOwnTimeIsBeyondItsCertificateIsNeverFollowed() {
    World world =
        with(
            1,
            "",
            s -> s.certificate = new ValidityPeriod(World.FLOOR - DAY, World.NOON - 10 * DAY));
    world.until(2 * HOUR);

    assertThat(world.steps).isEmpty();
    assertThat(world.isServed()).isFalse();
    assertThat(report(world).fate()).isEqualTo(Fate.NOT_CERTIFIED);
    assertThat(world.notices)
        .filteredOn(n -> n.contains("not believed any more") && n.contains("by its own time"))
        .hasSize(1);
    // It shows the same certificate again and again, and is asked less and less often.
    assertThat(server.establishedAt).hasSizeBetween(4, 14);
    assertThat(world.why()).anyMatch(w -> w.contains("certificate"));
  }

  @Test
  void aServerWhoseCertificateIsNotValidByTheTimeOfOthersIsDropped() {
    World world =
        with(
            World.seeded(1),
            "",
            Optional.empty(),
            s -> {
              s.certificate = new ValidityPeriod(World.FLOOR - DAY, World.NOON - 10 * DAY);
              s.ntp.wrongBy = -20 * 86_400;
            },
            "a",
            "b",
            "c");
    world.until(1_200);

    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(Math.abs(world.error())).isLessThan(0.01);
    assertThat(report(world).fate()).isEqualTo(Fate.NOT_CERTIFIED);
    assertThat(world.notices)
        .anyMatch(n -> n.startsWith("ntp: not believed any more: the certificate expired on"));
  }

  @Test
  void aNewCertificateMakesItWelcomeAgain() {
    World world =
        with(
            1,
            "",
            s -> s.certificate = new ValidityPeriod(World.FLOOR - DAY, World.NOON - 10 * DAY));
    world.until(600);
    server.certificate = new ValidityPeriod(World.FLOOR - DAY, World.NOON + 300 * DAY);
    world.until(2 * HOUR);

    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
  }
}
