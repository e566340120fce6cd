package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.timeball.core.Event;
import org.timeball.core.control.StatusReport;
import org.timeball.core.nts.FakeAead;
import org.timeball.core.nts.client.NtsTools;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.Leap;

/** Time from a pool: one name, many servers, some of them bad. */
class PoolTest {
  private final World world = World.seeded(1);

  private static UpstreamSettings pool(String name, int size) {
    return new UpstreamSettings(
        AssociationSettings.of(name, 4, 6), Standing.PLAIN, World.FLOOR, size);
  }

  private static BrainSettings settings(UpstreamSettings... servers) {
    return TestSettings.of(List.of(), List.of(servers));
  }

  private void hosts(String... addresses) {
    for (String address : addresses) {
      world.host(address);
    }
    world.names.put("pool", List.of(addresses));
  }

  private List<String> members() {
    return world.status().servers().stream().map(StatusReport.Server::name).toList();
  }

  @Test
  void asManyMembersAsAreWantedAreAskedAndFollowed() {
    hosts("a", "b", "c", "d", "e");
    world.with(settings(pool("pool", 3)));
    world.until(600);

    assertThat(members()).containsExactly("pool#1", "pool#2", "pool#3");
    assertThat(world.hosts.get("c").askedAt).isNotEmpty();
    assertThat(world.hosts.get("d").askedAt).isEmpty();
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.largestErrorAfter(120)).isLessThan(500e-6);
    assertThat(world.lookUps).containsEntry("pool", 1);
  }

  @Test
  void aMemberThatDoesNotAnswerIsReplaced() {
    hosts("a", "b", "c", "d");
    world.hosts.get("b").silent = true;
    world.with(settings(pool("pool", 3)));
    world.until(900);

    assertThat(members()).containsExactly("pool#1", "pool#2", "pool#3");
    assertThat(world.servers.get("pool#2")).isSameAs(world.hosts.get("d"));
    int asked = world.hosts.get("b").askedAt.size();
    world.until(3000);
    assertThat(world.hosts.get("b").askedAt).hasSize(asked);
    assertThat(world.notices).contains("pool#2: b does not answer and is replaced by d");
  }

  @Test
  void aMemberIsAskedForKeysAtItsOwnAddressAndReplacedIfItGivesNone() {
    hosts("a", "b");
    List<String> asked = new ArrayList<>();
    world.keyServers.put(
        "pool#1",
        wish -> {
          asked.add(wish.server());
          world.atElapsed(
              world.elapsed() + World.SECOND / 20,
              () ->
                  world.deliver(
                      new Event.KeysRefused(wish.source(), wish.server(), "nothing listens")));
        });
    UpstreamSettings secured =
        new UpstreamSettings(
            AssociationSettings.of("pool", 4, 6),
            Standing.PLAIN,
            World.FLOOR,
            1,
            UpstreamSettings.Kind.SERVER,
            Optional.of("time.example:4460"));
    world.with(
        settings(secured),
        "",
        new NtsSetup(new NtsTools(FakeAead::new, world.random::nextBytes), "", Optional.empty()));
    world.until(120);

    assertThat(asked.stream().distinct())
        .containsExactly("time.example:4460 at a", "time.example:4460 at b");
    assertThat(world.notices)
        .contains("pool#1: a gives no keys (nothing listens) and is replaced by b");
    assertThat(world.hosts.get("a").askedAt).isEmpty();
  }

  @Test
  void aMemberThatLiesOrLosesItsTimeForLongIsReplacedAndOneThatRecoversStays() {
    hosts("a", "b", "c", "d", "e", "f");
    world.with(settings(pool("pool", 4)));
    world.until(600);
    world.hosts.get("a").leap = Leap.UNSYNCHRONIZED;
    world.hosts.get("b").wrongBy = 0.4;
    world.hosts.get("c").leap = Leap.UNSYNCHRONIZED;
    world.until(700);
    world.hosts.get("c").leap = Leap.NONE;
    world.until(3600);

    assertThat(world.servers.get("pool#1")).isIn(world.hosts.get("e"), world.hosts.get("f"));
    assertThat(world.servers.get("pool#2")).isIn(world.hosts.get("e"), world.hosts.get("f"));
    assertThat(world.servers.get("pool#3")).isSameAs(world.hosts.get("c"));
    assertThat(world.largestErrorAfter(120)).isLessThan(1e-3);
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void aServerThatWasFoundBySearchIsLetGoWhenSilentAndTakenAgainWhenItAnswersASearch() {
    hosts("a", "b");
    UpstreamSettings searched =
        new UpstreamSettings(
            AssociationSettings.of("pool", 4, 6),
            Standing.PLAIN,
            World.FLOOR,
            2,
            UpstreamSettings.Kind.MANYCAST,
            Optional.empty());
    world.with(settings(searched));
    world.until(300);
    assertThat(members()).containsExactly("pool#1", "pool#2");
    world.hosts.get("b").silent = true;
    world.names.put("pool", List.of("a"));
    world.until(2500);
    assertThat(members()).containsExactly("pool#1");
    assertThat(world.notices).contains("pool#2: b does not answer and is let go");

    world.hosts.get("b").silent = false;
    world.names.put("pool", List.of("a", "b"));
    world.until(7000);
    assertThat(members()).containsExactly("pool#1", "pool#2");
    assertThat(world.servers.get("pool#2")).isSameAs(world.hosts.get("b"));
  }

  @Test
  void aBadMemberStaysWhileTheNameKnowsNoOtherAndIsReplacedOnceItDoes() {
    hosts("a", "b");
    world.hosts.get("b").silent = true;
    world.with(settings(pool("pool", 2)));
    world.until(1000);
    assertThat(world.servers.get("pool#2")).isSameAs(world.hosts.get("b"));

    world.host("c");
    world.names.put("pool", List.of("a", "b", "c"));
    world.until(5000);

    assertThat(world.servers.get("pool#2")).isSameAs(world.hosts.get("c"));
    // Asked again and again, and less and less often.
    assertThat(world.lookUps.get("pool")).isBetween(3, 12);
  }

  @Test
  void aNameThatIsUnknownAtTheStartIsLookedUpUntilItIsKnown() {
    world.with(settings(pool("pool", 2)));
    world.until(400);
    assertThat(members()).isEmpty();
    assertThat(world.notices)
        .filteredOn(n -> n.equals("pool: the name cannot be looked up"))
        .hasSize(1);

    hosts("a", "b");
    world.until(1600);

    assertThat(world.isServed()).as(world.log()).isTrue();
  }

  @Test
  void aServerThatTwoPoolsStandForHasOneVote() {
    hosts("a", "b", "c");
    world.names.put("other", List.of("a", "b", "c"));
    world.with(settings(pool("pool", 2), pool("other", 2)));
    world.until(600);

    assertThat(members()).containsExactly("pool#1", "pool#2", "other#1");
  }

  @Test
  void whatAReceiverAnnouncedIsForgottenWithTheReceiver() {
    long midnight = 1_798_761_600L * World.SECOND;
    World tenMinutesBefore = new World(1, midnight - 600 * World.SECOND, 0.3, 40e-6, 1e-9);
    tenMinutesBefore.with(World.one());
    TestReceiver receiver = tenMinutesBefore.receiver();
    receiver.announces = Leap.INSERT;
    tenMinutesBefore.server("ntp");
    tenMinutesBefore.until(300);
    assertThat(tenMinutesBefore.served.leap()).isEqualTo(Leap.INSERT);

    UpstreamSettings ntp =
        new UpstreamSettings(AssociationSettings.of("ntp", 4, 6), Standing.PLAIN, World.FLOOR);
    tenMinutesBefore.brain.changeSources(
        settings(ntp), PacketKeys.NONE, tenMinutesBefore.reading());
    tenMinutesBefore.until(590);

    assertThat(tenMinutesBefore.served.leap()).isEqualTo(Leap.NONE);
    assertThat(tenMinutesBefore.armed).endsWith(Leap.NONE);
  }

  @Test
  void aChangeOfOneSourceLeavesTheOthersWhatTheyKnow() {
    hosts("a", "b", "c");
    world.server("ntp");
    world.server("new");
    UpstreamSettings stays =
        new UpstreamSettings(AssociationSettings.of("ntp", 4, 6), Standing.PLAIN, World.FLOOR);
    UpstreamSettings comes =
        new UpstreamSettings(AssociationSettings.of("new", 4, 6), Standing.PLAIN, World.FLOOR);
    world.with(settings(stays, pool("pool", 2)));
    world.until(900);
    long used = world.status().servers().getFirst().used();
    assertThat(used).isPositive();

    world.brain.changeSources(settings(comes, stays), PacketKeys.NONE, world.reading());
    assertThat(members()).containsExactly("new", "ntp");
    assertThat(world.status().servers().get(1).used()).isEqualTo(used);
    world.until(1500);

    assertThat(world.servedWithoutBreakSince(120)).as(world.log()).isTrue();
    assertThat(world.steps).hasSize(1);
    assertThat(world.servers.get("new").askedAt).isNotEmpty();

    world.brain.changeSources(settings(comes, pool("pool", 2)), PacketKeys.NONE, world.reading());
    world.until(2500);
    assertThat(members()).containsExactly("new", "pool#1", "pool#2");
    assertThat(world.servedWithoutBreakSince(120)).as(world.log()).isTrue();
  }
}
