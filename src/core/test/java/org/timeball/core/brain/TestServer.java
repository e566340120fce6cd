package org.timeball.core.brain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpShort;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** A server somewhere in a {@link World}, with the way to it; everything it says can be bent. */
final class TestServer {
  static final ReferenceId OURS = ReferenceId.ofAddress(new byte[] {10, 0, 0, 1});

  /** The digest of an IPv6 address of ours, smaller than all else. */
  static final ReferenceId OURS6 = new ReferenceId(1);

  static final ReferenceId THEIRS = ReferenceId.ofAddress(new byte[] {10, 0, 0, 9});

  /** Seconds one way, and the mean of what queues add to it. */
  double delay = 0.002;

  double queueing = 20e-6;

  /** Seconds by which its clock is ahead. */
  double wrongBy;

  Leap leap = Leap.NONE;
  int stratum = 2;
  int referenceId = ReferenceId.ofText("GPS").bits();
  double rootDelay = 0.001;
  double rootDispersion = 0.0005;

  /** What those name as their reference that follow it. */
  ReferenceId own = THEIRS;

  boolean silent;

  /** The network knows no way to it. */
  boolean away;

  /** Bends a finished reply. */
  UnaryOperator<byte[]> bend = reply -> reply;

  final List<byte[]> requests = new ArrayList<>();
  final List<byte[]> replies = new ArrayList<>();
  final List<Double> askedAt = new ArrayList<>();

  private final World world;
  private String name;

  TestServer(World world, String name) {
    this.world = world;
    this.name = name;
  }

  /** It is asked by this name from now on. */
  TestServer named(String newName) {
    name = newName;
    return this;
  }

  void ask(Action.Ask question) {
    byte[] request = new byte[question.request().limit()];
    question.request().get(0, request);
    requests.add(request);
    askedAt.add(world.elapsed() * 1e-9);
    long sent = world.raw();
    world.at(
        world.elapsed() * 1e-9,
        () ->
            world.deliver(
                new Event.Resolved(name, "10.0.0.9 port 123", own, OURS, Set.of(OURS, OURS6))));
    if (away) {
      world.at(
          world.elapsed() * 1e-9,
          () -> world.deliver(new Event.Unreachable(name, "network unreachable", true)));
      return;
    }
    if (silent) {
      return;
    }
    long reached = world.elapsed() + oneWay();
    byte[] reply = bend.apply(reply(request, reached));
    replies.add(reply);
    world.atElapsed(reached + oneWay(), () -> send(request, sent, reply));
  }

  private long oneWay() {
    return Math.round((delay - queueing * Math.log(1 - world.random.nextDouble())) * 1e9);
  }

  /** Sends octets back to the port that a request left from. */
  void send(byte[] request, long sentRaw, byte[] octets) {
    world.deliver(
        new Event.Reply(
            name,
            NtpHeader.transmitTimestamp(ByteBuffer.wrap(request), 0),
            sentRaw,
            world.raw(),
            ByteBuffer.wrap(octets)));
  }

  /** What it would answer at this moment, not bent. */
  byte[] plainReply(byte[] request) {
    return reply(request, world.elapsed());
  }

  private byte[] reply(byte[] request, long atElapsed) {
    byte[] octets = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(octets);
    long now = NtpTimestamp.ofUnixNanos(world.utc(atElapsed) + Math.round(wrongBy * 1e9)).bits();
    NtpHeader.leapVersionMode(packet, 0, leap, 4, Mode.SERVER);
    NtpHeader.stratum(packet, 0, stratum);
    NtpHeader.precisionExponent(packet, 0, -20);
    NtpHeader.rootDelay(packet, 0, NtpShort.ofSecondsRoundedUp(rootDelay));
    NtpHeader.rootDispersion(packet, 0, NtpShort.ofSecondsRoundedUp(rootDispersion));
    NtpHeader.referenceId(packet, 0, referenceId);
    NtpHeader.originTimestamp(packet, 0, NtpHeader.transmitTimestamp(ByteBuffer.wrap(request), 0));
    NtpHeader.receiveTimestamp(packet, 0, now);
    NtpHeader.transmitTimestamp(packet, 0, now + 1);
    return octets;
  }
}
