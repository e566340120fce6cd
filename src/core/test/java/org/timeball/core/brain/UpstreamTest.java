package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.control.StatusReport;
import org.timeball.core.control.StatusReport.State;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.SourceState;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** Time from other servers. */
class UpstreamTest {
  private static final ReferenceId ROOT = ReferenceId.ofAddress(new byte[] {10, 0, 0, 7});
  private static final Standing TRUST = new Standing(false, true, false, false);
  private static final Standing PREFER = new Standing(true, false, false, false);
  private static final Standing REQUIRE = new Standing(false, false, true, false);

  private static UpstreamSettings upstream(String name, Standing standing) {
    return new UpstreamSettings(AssociationSettings.of(name, 4, 6), standing, World.FLOOR);
  }

  private static BrainSettings settings(
      List<SourceSettings> refclocks, List<UpstreamSettings> servers) {
    return settings(refclocks, servers, BrainSettings.DEFAULT_HOLDOVER_BOUND);
  }

  private static BrainSettings settings(
      List<SourceSettings> refclocks, List<UpstreamSettings> servers, double holdoverBound) {
    BrainSettings usual = BrainSettings.of(refclocks, -20);
    return new BrainSettings(
        usual.sources(),
        usual.minimumSources(),
        usual.steering(),
        holdoverBound,
        usual.jumpConfirmation(),
        usual.largestJump(),
        usual.precisionExponent(),
        usual.saveInterval(),
        servers);
  }

  /** A world with servers by these names, all of them right. */
  private static World with(long seed, String... names) {
    return with(World.seeded(seed), names);
  }

  private static World with(World world, String... names) {
    List<UpstreamSettings> servers = new ArrayList<>();
    for (String name : names) {
      world.server(name);
      servers.add(upstream(name, Standing.PLAIN));
    }
    return world.with(settings(List.of(), servers));
  }

  private static StatusReport.Server of(World world, String name) {
    return world.status().servers().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Fate fate(World world, String name) {
    return of(world, name).fate();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void followsAServerAndServesOneStratumBelowIt(long seed) {
    World world = with(seed, "ntp");
    world.until(1200);

    assertThat(world.brain.state()).as(world.log()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.served.stratum()).isEqualTo(3);
    assertThat(world.served.referenceId()).isEqualTo(TestServer.THEIRS);
    assertThat(world.served.rootDelay()).isBetween(0.005, 0.006);
    assertThat(world.served.rootDispersion()).isBetween(0.0005, 0.002);
    assertThat(world.largestErrorAfter(120)).isLessThan(200e-6);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void asksInABurstAtFirstAndThenAtTheIntervalThatWasSet() {
    World world = with(1, "ntp");
    world.until(600);

    List<Double> asked = world.servers.get("ntp").askedAt;
    assertThat(asked.get(3) - asked.get(0)).isLessThan(20);
    for (int i = 1; i < asked.size(); i++) {
      assertThat(asked.get(i) - asked.get(i - 1)).isBetween(1.99, 64.1);
    }
  }

  @Test
  void asksSixteenTimesASecondIfThatIsWanted() {
    World world = World.seeded(1);
    world.server("near");
    world.with(
        settings(
            List.of(),
            List.of(
                new UpstreamSettings(
                    AssociationSettings.of("near", -4, -4), Standing.PLAIN, World.FLOOR))));
    world.until(10);

    assertThat(world.servers.get("near").askedAt.size()).isBetween(159, 161);
    assertThat(world.isServed()).as(world.log()).isTrue();
  }

  @Test
  void theReferenceClockIsFollowedAndAServerBesideItIsCompared() {
    World world = World.seeded(1);
    world.server("ntp");
    world.with(
        settings(
            List.of(World.receiver("gps0", "gps0", "pps0")),
            List.of(upstream("ntp", Standing.PLAIN))));
    world.receiver();
    world.until(900);

    assertThat(world.served.stratum()).isEqualTo(1);
    assertThat(world.served.rootDelay()).isZero();
    assertThat(fate(world, "ntp")).isEqualTo(Fate.TRUECHIMER);
    assertThat(world.largestErrorAfter(300)).isLessThan(10e-6);
  }

  @Test
  void serversTakeOverFromAReferenceClockThatIsLostAndGiveBackWithoutAStep() {
    World world = World.seeded(2);
    world.server("a");
    world.server("b");
    world.with(
        settings(
            List.of(World.receiver("gps0", "gps0", "pps0")),
            List.of(upstream("a", Standing.PLAIN), upstream("b", Standing.PLAIN))));
    TestReceiver receiver = world.receiver();
    world.until(900);
    receiver.speaks = false;
    receiver.pulses = false;
    world.until(40_000);
    assertThat(world.isServed()).isTrue();
    receiver.speaks = true;
    receiver.pulses = true;
    world.until(41_000);

    assertThat(world.served.stratum()).isEqualTo(1);
    assertThat(world.steps).hasSize(1);
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.servedWithoutBreakSince(120)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, -3, 400})
  void threeRightServersOutvoteTwoThatLie(double wrongBy) {
    World world = with(3, "a", "b", "c", "d", "e");
    world.servers.get("b").wrongBy = wrongBy;
    world.servers.get("d").wrongBy = wrongBy;
    world.until(900);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(fate(world, "b")).isEqualTo(Fate.FALSETICKER);
    assertThat(fate(world, "d")).isEqualTo(Fate.FALSETICKER);
    assertThat(world.largestErrorAfter(120)).isLessThan(1e-3);
    assertThat(world.why()).anyMatch(s -> s.startsWith("b: not followed: disagrees"));
  }

  @ParameterizedTest
  @CsvSource({"5, 3", "2, 1"})
  void whereNoMajorityAgreesNobodyIsFollowedAndItIsSaidOnce(int servers, int liars) {
    String[] names = new String[servers];
    for (int i = 0; i < servers; i++) {
      names[i] = "s" + i;
    }
    World world = World.seeded(4);
    List<UpstreamSettings> upstreams = new ArrayList<>();
    for (String name : names) {
      world.server(name);
      upstreams.add(upstream(name, Standing.PLAIN));
    }
    world.with(settings(List.of(), upstreams, 0.02));
    world.until(900);
    assertThat(world.isServed()).as(world.log()).isTrue();
    int before = world.notices.size();
    for (int i = 0; i < liars; i++) {
      // Each lies in its own way.
      world.servers.get("s" + i).wrongBy = 5.0 * (i + 1);
    }
    world.until(90_000);

    assertThat(world.served.leap()).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(world.brain.state()).isEqualTo(State.LOST);
    assertThat(world.notices.subList(before, world.notices.size()))
        .filteredOn(n -> n.contains("not synchronised any more"))
        .hasSize(1);
  }

  @Test
  void aTrustedServerIsNotOutvoted() {
    World world = World.seeded(5);
    for (String name : List.of("ours", "x", "y", "z")) {
      world.server(name).wrongBy = name.equals("ours") ? 0 : 2;
    }
    world.with(
        settings(
            List.of(),
            List.of(
                upstream("ours", TRUST),
                upstream("x", Standing.PLAIN),
                upstream("y", Standing.PLAIN),
                upstream("z", Standing.PLAIN))));
    world.until(600);

    assertThat(fate(world, "ours")).isEqualTo(Fate.SELECTED);
    assertThat(fate(world, "x")).isEqualTo(Fate.OUTVOTED_BY_TRUST);
    assertThat(world.largestErrorAfter(120)).isLessThan(1e-3);
  }

  @Test
  void nobodyIsFollowedWithoutTheServerThatIsRequired() {
    World world = World.seeded(6);
    world.server("must").silent = true;
    world.server("may");
    world.with(
        settings(List.of(), List.of(upstream("must", REQUIRE), upstream("may", Standing.PLAIN))));
    world.until(600);

    assertThat(world.isServed()).isFalse();
    assertThat(fate(world, "may")).isEqualTo(Fate.REQUIRED_MISSING);
    world.servers.get("must").silent = false;
    world.until(1200);
    assertThat(world.isServed()).as(world.log()).isTrue();
  }

  @Test
  void aServerThatFollowsUsIsNotFollowed() {
    World world = with(7, "loop");
    world.servers.get("loop").referenceId = TestServer.OURS.bits();
    world.until(600);

    assertThat(world.isServed()).isFalse();
    assertThat(fate(world, "loop")).isEqualTo(Fate.LOOP);
    assertThat(of(world, "loop").dropped()).containsKey("12 loop");
    assertThat(world.why()).anyMatch(s -> s.contains("follows us"));
  }

  @Test
  void thoseThatFollowAServerThatIsHeardItselfDoNotOutvoteIt() {
    World world = with(7, "root", "one", "other");
    world.servers.get("root").own = ROOT;
    for (String follower : List.of("one", "other")) {
      world.servers.get(follower).referenceId = ROOT.bits();
      world.servers.get(follower).wrongBy = 0.02;
    }
    world.until(600);

    assertThat(fate(world, "root")).isEqualTo(Fate.SELECTED);
    assertThat(fate(world, "one")).isEqualTo(Fate.PASSES_ON);
    assertThat(Math.abs(world.error())).isLessThan(1e-3);
    assertThat(world.why()).anyMatch(s -> s.contains("says again what another source here says"));

    world.servers.get("root").silent = true;
    world.until(2400);
    assertThat(fate(world, "root")).isEqualTo(Fate.UNREACHABLE);
    assertThat(world.isServed()).isTrue();
    assertThat(List.of(fate(world, "one"), fate(world, "other"))).contains(Fate.SELECTED);
  }

  @Test
  void whoIsPreferredIsFollowedThoughItFollowsAnother() {
    World world = World.seeded(7);
    world.server("root").own = ROOT;
    world.server("mine").referenceId = ROOT.bits();
    world.with(
        settings(List.of(), List.of(upstream("root", Standing.PLAIN), upstream("mine", PREFER))));
    world.until(600);

    assertThat(fate(world, "mine")).isEqualTo(Fate.SELECTED);
  }

  @Test
  void aServerThatIsNotSynchronisedIsNotFollowed() {
    World world = with(8, "lost");
    world.servers.get("lost").leap = Leap.UNSYNCHRONIZED;
    world.until(300);
    assertThat(world.isServed()).isFalse();
    assertThat(fate(world, "lost")).isEqualTo(Fate.UNSYNCHRONISED);

    world.servers.get("lost").leap = Leap.NONE;
    world.until(900);
    assertThat(world.isServed()).as(world.log()).isTrue();
  }

  @Test
  void aServerThatFallsSilentIsHeldOverAndThenGivenUp() {
    World world = with(9, "ntp");
    world.until(1200);
    world.servers.get("ntp").silent = true;
    world.until(3000);

    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);
    assertThat(fate(world, "ntp")).isEqualTo(Fate.UNREACHABLE);
    assertThat(world.notices).filteredOn(n -> n.equals("ntp: does not answer")).hasSize(1);
    world.servers.get("ntp").silent = false;
    world.until(4000);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
  }

  @Test
  void aNetworkThatIsDownSaysNothingAboutTheServerAndItsReturnIsUsedSoon() {
    World world = with(11, "ntp");
    world.until(3000);
    int reach = of(world, "ntp").reach();
    world.servers.get("ntp").away = true;
    world.until(4000);

    assertThat(of(world, "ntp").state()).isEqualTo(SourceState.OFFLINE);
    assertThat(of(world, "ntp").reach()).isEqualTo(reach);
    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);
    assertThat(world.why()).anyMatch(s -> s.contains("ntp: offline"));
    assertThat(world.notices).filteredOn(n -> n.contains("network unreachable")).hasSize(1);
    world.servers.get("ntp").away = false;
    world.until(4020);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(world.dishonestMoments).isZero();
  }

  @Test
  void aServerThatIsSetOfflineIsHeldOverAndAskedInABurstWhenItIsOnlineAgain() {
    World world = with(12, "ntp");
    world.until(1200);
    assertThat(world.brain.setOnline("", false, world.reading())).isTrue();
    assertThat(world.brain.setOnline("other", false, world.reading())).isFalse();
    int asked = world.servers.get("ntp").askedAt.size();
    world.until(1800);
    assertThat(world.servers.get("ntp").askedAt).hasSize(asked);
    assertThat(world.brain.state()).isEqualTo(State.HOLDOVER);

    world.brain.setOnline("ntp", true, world.reading());
    world.until(1810);

    assertThat(world.servers.get("ntp").askedAt.size()).isGreaterThan(asked + 3);
    assertThat(world.brain.state()).isEqualTo(State.SYNCHRONISED);
  }

  @Test
  void aReplyPlayedAgainAtOnceAndAfterTheNextRequestChangesNothing() {
    World world = with(10, "ntp");
    TestServer server = world.servers.get("ntp");
    world.until(300);
    int last = server.replies.size() - 1;
    long used = of(world, "ntp").used();
    int reach = of(world, "ntp").reach();
    int poll = of(world, "ntp").pollExponent();
    server.send(server.requests.get(last), world.raw() - 1000, server.replies.get(last));
    server.send(server.requests.get(last), world.raw() - 1000, server.replies.get(last));
    assertThat(of(world, "ntp").used()).isEqualTo(used);
    assertThat(of(world, "ntp").reach()).isEqualTo(reach);
    assertThat(of(world, "ntp").pollExponent()).isEqualTo(poll);

    server.silent = true;
    world.until(380);
    server.send(server.requests.getLast(), world.raw() - 1000, server.replies.get(last));

    assertThat(of(world, "ntp").dropped()).containsEntry("1 duplicate", 3L);
    assertThat(of(world, "ntp").used()).isEqualTo(used);
    assertThat(of(world, "ntp").reach() & 1).isZero();
  }

  /** Eight minutes before second 0 of NTP's era 1, and before Unix time needs more than 31 bits. */
  @ParameterizedTest
  @ValueSource(longs = {2_085_978_000L, (1L << 31) - 496})
  void isRightAcrossTheEndOfTheEraAndOfThirtyOneBits(long startSeconds) {
    World world = with(new World(1, startSeconds * World.SECOND, -0.1, 20e-6, 1e-9), "a", "b", "c");
    world.until(1200);

    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.largestErrorAfter(120)).isLessThan(500e-6);
    assertThat(world.steps).hasSize(1);
    assertThat(world.servedWithoutBreakSince(120)).isTrue();
    assertThat(of(world, "a").dropped()).isEmpty();
  }
}
