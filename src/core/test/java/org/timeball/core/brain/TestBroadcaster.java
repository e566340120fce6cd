package org.timeball.core.brain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.NtpTimestamp;

/** What a server sends to everybody on a network of a {@link World}. */
final class TestBroadcaster {
  /** Seconds on the way, and the mean of what queues add to it. */
  double delay = 0.002;

  double queueing = 20e-6;

  /** Seconds from the transmit timestamp to the moment at which the packet really leaves. */
  double slowness;

  /** Whether each packet tells when the one before left. */
  boolean interleaved;

  boolean silent;

  /** Bends what it is about to send. */
  UnaryOperator<byte[]> bend = packet -> packet;

  final List<byte[]> sent = new ArrayList<>();

  private final World world;
  private final String network;
  private final String address;
  private final TestServer server;
  private final int poll;
  private long departure;

  private TestBroadcaster(World world, String network, String address, int poll) {
    this.world = world;
    this.network = network;
    this.address = address;
    this.poll = poll;
    server = world.hosts.get(address);
  }

  /** Begins to send, so many seconds after the start. */
  static TestBroadcaster active(
      World world, String network, String address, int poll, double first) {
    TestBroadcaster one = new TestBroadcaster(world, network, address, poll);
    world.every(Math.scalb(1.0, poll), first, one::send);
    return one;
  }

  private void send() {
    if (silent) {
      return;
    }
    byte[] octets = server.plainReply(new byte[NtpHeader.LENGTH]);
    ByteBuffer packet = ByteBuffer.wrap(octets);
    NtpHeader.leapVersionMode(packet, 0, server.leap, 4, Mode.BROADCAST);
    NtpHeader.pollExponent(packet, 0, poll);
    NtpHeader.originTimestamp(packet, 0, interleaved ? departure : 0);
    NtpHeader.receiveTimestamp(packet, 0, 0);
    // So that this is true in every world: a server's clock is true time and what it is wrong by.
    long unix = world.utc(world.elapsed()) + Math.round(server.wrongBy * 1e9);
    double taken = slowness * (0.5 + world.random.nextDouble());
    departure = NtpTimestamp.bitsOfUnixNanos(unix + Math.round(taken * 1e9));
    byte[] bent = bend.apply(octets);
    sent.add(bent);
    double way = delay - queueing * Math.log(1 - world.random.nextDouble());
    world.atElapsed(world.elapsed() + Math.round((taken + way) * 1e9), () -> arrive(bent));
  }

  /** Octets come in from the server's address, whoever sent them. */
  void arrive(byte[] octets) {
    world.deliver(
        new Event.GroupPacket(
            network,
            address,
            new ClockReading(world.raw(), world.clock()),
            ByteBuffer.wrap(octets)));
  }
}
