package org.timeball.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.time.UtcTime;

class WorldTest {
  private static final long MIDNIGHT = Instant.parse("2027-01-01T00:00:00Z").getEpochSecond();

  private static final class Mailbox implements Node {
    final List<Datagram> received = new ArrayList<>();

    @Override
    public long nextWakeRawNanos() {
      return Long.MAX_VALUE;
    }

    @Override
    public void wake() {}

    @Override
    public void receive(Datagram datagram) {
      received.add(datagram);
    }
  }

  private final World world =
      new World(WorldPlan.parse("node1_delay2 = 0.5\n", 1), 2, MIDNIGHT - 10);
  private final Mailbox sender = new Mailbox();
  private final Mailbox receiver = new Mailbox();

  WorldTest() {
    world.install(1, sender);
    world.install(2, receiver);
  }

  private static Datagram datagram(int mark) {
    return new Datagram(1, 1000, 2, 123, new Datagram.Payload(new byte[] {(byte) mark}));
  }

  @Test
  void aSecondInsertedIsNamedSixtyAndUnixTimeRepeatsTheOneBefore() {
    world.leap(10, true);
    assertThat(world.utc(9)).isEqualTo(new UtcTime(MIDNIGHT - 1, 0, false));
    assertThat(world.utc(10)).isEqualTo(new UtcTime(MIDNIGHT - 1, 0, true));
    assertThat(world.utc(11)).isEqualTo(new UtcTime(MIDNIGHT, 0, false));
    world.run(12);
    assertThat(world.error(1)).isEqualTo(1);
  }

  @Test
  void aSecondLeftOutIsNeverNamed() {
    world.leap(10, false);
    assertThat(world.utc(8)).isEqualTo(new UtcTime(MIDNIGHT - 2, 0, false));
    assertThat(world.utc(9)).isEqualTo(new UtcTime(MIDNIGHT, 0, false));
    world.run(12);
    assertThat(world.error(1)).isEqualTo(-1);
  }

  @Test
  void carriesADatagramAsOftenAsItIsSaidEachWithOctetsOfItsOwn() {
    world.carry(datagram -> datagram.payload().octets()[0]);
    for (int times = 0; times <= 2; times++) {
      world.send(datagram(times));
    }
    world.run(2);
    assertThat(receiver.received)
        .extracting(d -> d.payload().octets()[0])
        .containsOnly((byte) 1, (byte) 2);
    assertThat(receiver.received).hasSize(3);
    assertThat(receiver.received.get(1).payload()).isNotSameAs(receiver.received.get(2).payload());
    assertThat(world.datagrams()).containsExactly(4, 1);
  }

  @Test
  void whatIsToHappenHappensAtItsMomentInTheOrderOfTheCalls() {
    List<String> order = new ArrayList<>();
    world.at(1.5, () -> order.add("first at " + world.now()));
    world.at(1.5, () -> order.add("second"));
    world.at(0.5, () -> order.add("earlier at " + world.now()));
    world.run(2);
    assertThat(order).containsExactly("earlier at 0.5", "first at 1.5", "second");
  }

  @Test
  void theTraceTellsTwoDatagramsApart() {
    World other = new World(WorldPlan.parse("node1_delay2 = 0.5\n", 1), 2, MIDNIGHT - 10);
    other.install(1, sender);
    other.install(2, receiver);
    world.send(datagram(1));
    other.send(datagram(2));
    assertThat(world.trace().hash()).isNotEqualTo(other.trace().hash());
  }
}
