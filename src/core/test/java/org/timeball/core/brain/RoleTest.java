package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** A server that serves its own clock, and one that stands by. */
class RoleTest {
  private static final int WAIT = 300;

  private static BrainSettings settings(
      Role role, List<SourceSettings> receivers, String... names) {
    BrainSettings defaults = BrainSettings.of(receivers, -20);
    return new BrainSettings(
        receivers,
        1,
        defaults.steering(),
        defaults.holdoverBound(),
        defaults.jumpConfirmation(),
        defaults.largestJump(),
        -20,
        3600,
        List.of(names).stream()
            .map(name ->
                new UpstreamSettings(
                    AssociationSettings.of(name, 4, 4), Standing.PLAIN, World.FLOOR))
            .toList(),
        List.of(),
        role);
  }

  private static Role local(boolean orphan) {
    return new Role(Optional.of(new Role.Local(10, orphan, WAIT)), Optional.empty());
  }

  @Test
  void itsOwnClockIsServedOnceNobodyCouldBeFollowedForLongEnough() {
    World world = World.seeded(1).with(settings(local(false), List.of()));
    world.until(WAIT - 2);
    assertThat(world.isServed()).isFalse();

    world.until(WAIT + 2);

    assertThat(world.served.leap()).isEqualTo(Leap.NONE);
    assertThat(world.served.stratum()).isEqualTo(10);
    assertThat(world.served.referenceId().dottedQuad()).isEqualTo("127.127.1.1");
    assertThat(world.served.rootDispersion()).isEqualTo(0.5);
    assertThat(world.why())
        .contains("Clients are served this machine's own clock as stratum 10, as [local] has it.");
  }

  @Test
  void aSourceEndsThatAtOnce() {
    World world = new World(1, World.NOON, 0.01, 40e-6, 1e-9);
    TestServer server = world.server("ntp");
    server.silent = true;
    world.with(settings(local(false), List.of(), "ntp"));
    world.until(WAIT + 10);
    assertThat(world.served.stratum()).isEqualTo(10);

    server.silent = false;
    world.until(WAIT + 200);

    assertThat(world.served.stratum()).isEqualTo(3);
    assertThat(world.served.referenceId()).isEqualTo(TestServer.THEIRS);
  }

  /** The server's address is 10.0.0.9, ours is 10.0.0.1: we are the one that others follow. */
  @Test
  void anOrphanWithALargerAddressIsNotFollowedNorIsWhoeverFollowsOne() {
    World world = new World(1, World.NOON, 0.01, 40e-6, 1e-9);
    TestServer orphan = world.server("ntp");
    orphan.stratum = 10;
    orphan.referenceId = new ReferenceId(0x7F7F_0101).bits();
    world.with(settings(local(true), List.of(), "ntp"));
    world.until(WAIT + 60);
    assertThat(world.served.stratum()).isEqualTo(10);
    assertThat(world.status().servers().getFirst().fate()).isEqualTo(Fate.ORPHAN);

    orphan.stratum = 11;
    orphan.referenceId = new ReferenceId(0x0A00_0005).bits();
    world.until(WAIT + 200);
    assertThat(world.served.stratum()).isEqualTo(10);
  }

  /** We are 10.0.0.1 to it, and an IPv6 address of ours has a smaller digest than both. */
  @Test
  void anOrphanWithASmallerAddressThanTheOneThatItKnowsUsByIsFollowed() {
    World world = new World(1, World.NOON, 0.01, 40e-6, 1e-9);
    TestServer orphan = world.server("ntp");
    orphan.own = ReferenceId.ofAddress(new byte[] {10, 0, 0, 0});
    orphan.stratum = 10;
    orphan.referenceId = new ReferenceId(0x7F7F_0101).bits();
    world.with(settings(local(true), List.of(), "ntp"));

    world.until(WAIT + 60);

    assertThat(world.served.stratum()).isEqualTo(11);
    assertThat(world.served.referenceId()).isEqualTo(orphan.own);
  }

  @Test
  void withoutOrphanModeAServerOfTheSameStratumIsFollowedLikeAnyOther() {
    World world = new World(1, World.NOON, 0.01, 40e-6, 1e-9);
    world.server("ntp").stratum = 10;
    world.with(settings(local(false), List.of(), "ntp"));
    world.until(100);
    assertThat(world.served.stratum()).isEqualTo(11);
  }

  @Test
  void aPartnerWhoseErrorGrowsTooLargeIsLeftForTheReceiverAndFollowedAgainLater() {
    World world = new World(1, World.NOON, 0.01, 40e-6, 1e-9);
    TestServer partner = world.server("first");
    partner.wrongBy = 0.000_2;
    Role standby = new Role(Optional.empty(), Optional.of(new Role.Standby("first", 0.010)));
    world.with(settings(standby, List.of(World.receiver("gps0", "gps0", "pps0")), "first"));
    world.receiver();
    world.until(200);
    assertThat(world.served.referenceId()).isEqualTo(TestServer.THEIRS);
    assertThat(world.error()).isBetween(0.000_1, 0.000_3);

    partner.rootDispersion = 0.02;
    world.until(300);
    assertThat(world.served.referenceId()).isEqualTo(ReferenceId.ofText("GPS"));
    assertThat(world.notices).anyMatch(n -> n.startsWith("standby: takes over from first"));

    partner.rootDispersion = 0.001;
    world.until(500);
    assertThat(world.served.referenceId()).isEqualTo(TestServer.THEIRS);
    assertThat(world.steps).hasSizeLessThanOrEqualTo(1);
    assertThat(world.servedWithoutBreakSince(200)).as(world.log()).isTrue();
  }
}
