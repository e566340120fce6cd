package org.timeball.server.query;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.AssociationSeal;
import org.timeball.core.source.AssociationSettings;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.StampedReply;
import org.timeball.platform.net.UdpExchange;
import org.timeball.time.Leap;

/** One server to be asked, any number of times. Belongs to one thread. */
public final class Query {
  private final InetSocketAddress server;
  private final PacketClock clock;
  private final LongSupplier random;
  private final int version;
  private final AssociationSeal seal;

  /** Asks nothing yet; will ask in the present version and without a key. */
  public Query(InetSocketAddress server, PacketClock clock, LongSupplier random) {
    this(
        server,
        clock,
        random,
        AssociationSettings.USUAL_VERSION,
        new AssociationSeal(0, PacketKeys.NONE));
  }

  /**
   * Asks nothing yet.
   *
   * @param clock what the server is compared with
   * @param random numbers that nobody can guess
   * @param version of NTP, 1 to 4
   * @param seal what requests carry and replies must
   */
  public Query(
      InetSocketAddress server,
      PacketClock clock,
      LongSupplier random,
      int version,
      AssociationSeal seal) {
    this.version = version;
    this.seal = seal;
    this.server = server;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Asks once, from a new port. The request says nothing about this machine: every field that a
   * server does not need is zero, and the transmit timestamp is a number that nobody can guess.
   *
   * @return empty if no answer came in time
   * @throws NetException if the server cannot be reached; the message says why
   */
  public Optional<QueryResult> ask(long timeoutNanos) throws NetException {
    byte[] request = new byte[NtpHeader.LENGTH + seal.length(version)];
    ByteBuffer packet = ByteBuffer.wrap(request);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, version, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, random.getAsLong());
    seal.write(packet);
    try (UdpExchange exchange = UdpExchange.open(server, clock)) {
      Optional<StampedReply> reply = exchange.ask(request, timeoutNanos);
      return reply.map(answer ->
          QueryResult.of(
              server, answer, seal.check(answer.packet(), answer.packet().limit()).isEmpty()));
    }
  }
}
