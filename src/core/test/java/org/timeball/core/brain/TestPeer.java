package org.timeball.core.brain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** A peer somewhere in a {@link World}: it sends at its own pace and repeats what it heard last. */
final class TestPeer {
  /** Seconds one way, and the mean of what queues add to it. */
  double delay = 0.002;

  double queueing = 20e-6;

  /** Seconds by which its clock is ahead. */
  double wrongBy;

  int stratum = 2;
  Leap leap = Leap.NONE;
  ReferenceId referenceId = ReferenceId.ofText("GPS");
  int poll = 4;
  boolean silent;

  /** It answers at once, in mode 2, and says nothing by itself. */
  boolean passive;

  /** Bends what it is about to send. */
  UnaryOperator<byte[]> bend = packet -> packet;

  final List<byte[]> heard = new ArrayList<>();
  final List<Double> heardAt = new ArrayList<>();

  /** Its last measurement of us: how far our clock is ahead of its own, seconds. */
  double measured = Double.NaN;

  private final World world;
  private final String name;
  private long origin;
  private long received;
  private long lastTransmit;

  TestPeer(World world, String name) {
    this.world = world;
    this.name = name;
  }

  /** Begins to send, so many seconds after the start. */
  TestPeer active(double first) {
    world.every(Math.scalb(1.0, poll), first, this::send);
    return this;
  }

  private long oneWay() {
    return Math.round((delay - queueing * Math.log(1 - world.random.nextDouble())) * 1e9);
  }

  private long now() {
    return world.utc(world.elapsed()) + Math.round(wrongBy * 1e9);
  }

  /** What the daemon does with a packet, and what the peer does when it comes. */
  void receive(Action.Transmit packet) {
    byte[] octets = new byte[NtpHeader.LENGTH];
    packet.header().get(0, octets);
    long transmit = NtpTimestamp.bitsOfUnixNanos(world.clock());
    NtpHeader.transmitTimestamp(ByteBuffer.wrap(octets), 0, transmit);
    ClockReading left = world.reading();
    world.at(
        world.elapsed() * 1e-9,
        () -> {
          world.deliver(
              new Event.Resolved(
                  name,
                  "10.0.0.9 port 123",
                  TestServer.THEIRS,
                  TestServer.OURS,
                  Set.of(TestServer.OURS)));
          world.deliver(new Event.Departed(name, transmit, left, true));
        });
    heard.add(octets);
    heardAt.add(world.elapsed() * 1e-9);
    if (!silent) {
      world.atElapsed(world.elapsed() + oneWay(), () -> take(ByteBuffer.wrap(octets)));
    }
  }

  private void take(ByteBuffer packet) {
    if (lastTransmit != 0 && NtpHeader.originTimestamp(packet, 0) == lastTransmit) {
      long ours = now();
      double out =
          new NtpTimestamp(NtpHeader.receiveTimestamp(packet, 0))
              .secondsSince(new NtpTimestamp(lastTransmit));
      double back =
          new NtpTimestamp(NtpHeader.transmitTimestamp(packet, 0))
              .secondsSince(NtpTimestamp.ofUnixNanos(ours));
      measured = (out + back) / 2;
    }
    origin = NtpHeader.transmitTimestamp(packet, 0);
    received = NtpTimestamp.bitsOfUnixNanos(now());
    if (passive) {
      send();
    }
  }

  private void send() {
    if (silent) {
      return;
    }
    byte[] octets = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(octets);
    lastTransmit = NtpTimestamp.bitsOfUnixNanos(now());
    NtpHeader.leapVersionMode(
        packet, 0, leap, 4, passive ? Mode.SYMMETRIC_PASSIVE : Mode.SYMMETRIC_ACTIVE);
    NtpHeader.stratum(packet, 0, stratum);
    NtpHeader.pollExponent(packet, 0, poll);
    NtpHeader.precisionExponent(packet, 0, -20);
    NtpHeader.referenceId(packet, 0, referenceId.bits());
    NtpHeader.originTimestamp(packet, 0, origin);
    NtpHeader.receiveTimestamp(packet, 0, received);
    NtpHeader.transmitTimestamp(packet, 0, lastTransmit);
    byte[] bent = bend.apply(octets);
    world.atElapsed(world.elapsed() + oneWay(), () -> arrive(bent));
  }

  /** Octets come in from the peer's address, whoever sent them. */
  void arrive(byte[] octets) {
    world.deliver(
        new Event.PeerPacket(
            name, new ClockReading(world.raw(), world.clock()), ByteBuffer.wrap(octets)));
  }
}
