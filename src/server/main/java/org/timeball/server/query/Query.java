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
import org.timeball.core.source.RequestSeal;
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
  private final RequestSeal seal;
  private final boolean interleaved;
  private Optional<StampedReply> before = Optional.empty();

  /** Asks nothing yet; will ask in the present version and without a key. */
  public Query(InetSocketAddress server, PacketClock clock, LongSupplier random) {
    this(
        server,
        clock,
        random,
        AssociationSettings.USUAL_VERSION,
        new AssociationSeal(0, PacketKeys.NONE),
        false);
  }

  /**
   * Asks nothing yet.
   *
   * @param clock what the server is compared with
   * @param random numbers that nobody can guess
   * @param version of NTP, 1 to 4
   * @param seal what requests carry and replies must
   * @param interleaved whether to ask when the reply before left (RFC 9769, section 2); a result
   *     then is about the exchange before, if the server follows
   */
  public Query(
      InetSocketAddress server,
      PacketClock clock,
      LongSupplier random,
      int version,
      RequestSeal seal,
      boolean interleaved) {
    this.version = version;
    this.seal = seal;
    this.interleaved = interleaved;
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
    byte[] header = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(header);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, version, Mode.CLIENT);
    long nonce = random.getAsLong();
    NtpHeader.transmitTimestamp(packet, 0, nonce);
    if (interleaved && before.isPresent()) {
      NtpHeader.originTimestamp(packet, 0, NtpHeader.receiveTimestamp(before.get().packet(), 0));
      NtpHeader.receiveTimestamp(packet, 0, ~nonce);
    }
    byte[] request = seal.seal(header);
    try (UdpExchange exchange = UdpExchange.open(server, clock)) {
      Optional<StampedReply> reply = exchange.ask(request, timeoutNanos);
      Optional<QueryResult> result = reply.map(answer -> result(answer, ~nonce));
      before = reply;
      return result;
    }
  }

  private QueryResult result(StampedReply answer, long late) {
    boolean authentic = seal.check(answer.packet(), answer.packet().limit()).isEmpty();
    boolean toldLate = before.isPresent() && NtpHeader.originTimestamp(answer.packet(), 0) == late;
    return QueryResult.of(
        server, toldLate ? before.get() : answer, answer.packet(), authentic, toldLate);
  }
}
