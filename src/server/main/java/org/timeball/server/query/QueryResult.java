package org.timeball.server.query;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.timeball.core.packet.NtpHeader;
import org.timeball.platform.net.StampedReply;
import org.timeball.time.Leap;
import org.timeball.time.NtpShort;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * What one answer says. Times are seconds.
 *
 * @param server address and port
 * @param offset the server's clock minus ours (RFC 5905, section 8)
 * @param delay of the way there and back
 * @param stratum 0 for an answer that is a kiss code or "not synchronised"
 * @param reference what the server follows; a kiss code at stratum 0
 * @param leap as announced
 * @param rootDelay of the server
 * @param rootDispersion of the server
 * @param rootDistance half of both delays and the dispersion: how wrong we may be after following
 * @param version of NTP in the answer
 * @param kernelStamps whether the kernel stamped both ends of the exchange here
 * @param authentic false if the request carried a code and the answer not the right one
 * @param interleaved whether the server told when its reply before left (RFC 9769): then offset and
 *     delay are of the exchange before
 */
public record QueryResult(
    String server,
    double offset,
    double delay,
    int stratum,
    String reference,
    Leap leap,
    double rootDelay,
    double rootDispersion,
    double rootDistance,
    int version,
    boolean kernelStamps,
    boolean authentic,
    boolean interleaved) {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * @param reply whose times are measured
   * @param packet the header that tells about the server and when {@code reply} left: its own, or
   *     that of the next if {@code interleaved}
   */
  static QueryResult of(
      InetSocketAddress server,
      StampedReply reply,
      ByteBuffer packet,
      boolean authentic,
      boolean interleaved) {
    long t1 = reply.sentUnixNanos();
    long t4 = reply.receivedUnixNanos();
    long t2 = NtpTimestamp.unixNanosNear(NtpHeader.receiveTimestamp(reply.packet(), 0), t1);
    long t3 = NtpTimestamp.unixNanosNear(NtpHeader.transmitTimestamp(packet, 0), t1);
    double offset = ((t2 - t1) + (t3 - t4)) / 2.0 / NANOS_PER_SECOND;
    double delay = ((t4 - t1) - (t3 - t2)) / NANOS_PER_SECOND;
    int stratum = NtpHeader.stratum(packet, 0);
    ReferenceId id = new ReferenceId(NtpHeader.referenceId(packet, 0));
    double rootDelay = NtpShort.toSeconds(NtpHeader.rootDelay(packet, 0));
    double rootDispersion = NtpShort.toSeconds(NtpHeader.rootDispersion(packet, 0));
    return new QueryResult(
        server.getAddress().getHostAddress() + " port " + server.getPort(),
        offset,
        delay,
        stratum,
        stratum <= 1 ? id.toString() : id.dottedQuad(),
        NtpHeader.leap(packet, 0),
        rootDelay,
        rootDispersion,
        (rootDelay + Math.max(delay, 0)) / 2 + rootDispersion,
        NtpHeader.version(packet, 0),
        reply.sentStampedByKernel() && reply.receivedStampedByKernel(),
        authentic,
        interleaved);
  }

  /** Whether the server says that it is synchronised, and it is the server that says so. */
  public boolean isSynchronised() {
    return authentic && leap != Leap.UNSYNCHRONIZED && stratum >= 1 && stratum <= 15;
  }
}
