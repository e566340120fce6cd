package org.timeball.core.source;

import java.nio.ByteBuffer;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.NtpTimestamp;

/**
 * The interleaved mode of a client (RFC 9769, section 2): each request shows the receive timestamp
 * of the reply before, and a server that follows answers with the moment at which that reply left,
 * as its kernel or its device stamped it. So an exchange is complete one reply later, and exact. A
 * server that does not follow answers as ever, and is believed as ever. Belongs to one thread.
 */
final class InterleavedMode {
  /** Chosen: a server has few places to remember; after so many lost replies it is asked anew. */
  private static final int MOST_UNANSWERED = 4;

  /** Units of 2^-32 s in the longest that a server may take for a reply: 3 s. */
  private static final long LONGEST_ANSWER = 3L << 32;

  private final boolean wanted;
  private boolean known;
  private long receiveBits;
  private long t1RawNanos;
  private long t4RawNanos;
  private int unanswered;
  private boolean asked;
  private long replies;

  InterleavedMode(boolean wanted) {
    this.wanted = wanted;
  }

  /**
   * Completes a request with what this mode shows. The receive timestamp only has to come back: it
   * tells which of the two modes the reply is of, and is the complement of the transmit timestamp,
   * which nobody off the path can guess either.
   */
  void write(ByteBuffer request, long nonce) {
    asked = wanted && known && unanswered < MOST_UNANSWERED;
    unanswered++;
    if (asked) {
      NtpHeader.originTimestamp(request, 0, receiveBits);
      NtpHeader.receiveTimestamp(request, 0, ~nonce);
    }
  }

  /** Whether a reply with this origin timestamp is one of this mode to our last request. */
  boolean isAnswer(long origin, long nonce) {
    return asked && origin == ~nonce;
  }

  /**
   * Whether the reply before can have left then.
   *
   * @param coarseness of the server's clock, in units of 2^-32 s
   */
  boolean canHaveLeft(long transmitBits, long coarseness) {
    long took = transmitBits - receiveBits;
    return took >= -coarseness && took <= LONGEST_ANSWER;
  }

  /** The exchange before, complete now. */
  Reception.Exchange exchange(long transmitBits, long pivotUnixNanos, Reception.Server server) {
    replies++;
    return new Reception.Exchange(
        t1RawNanos,
        NtpTimestamp.unixNanosNear(receiveBits, pivotUnixNanos),
        NtpTimestamp.unixNanosNear(transmitBits, pivotUnixNanos),
        t4RawNanos,
        server);
  }

  /** Takes a good reply, which the next request will show. */
  void remember(long receive, long requestRawNanos, long arrivalRawNanos) {
    known = true;
    unanswered = 0;
    receiveBits = receive;
    t1RawNanos = requestRawNanos;
    t4RawNanos = arrivalRawNanos;
  }

  /** What was before means nothing any more: the next request is of the basic mode. */
  void forget() {
    known = false;
    asked = false;
  }

  /** Good replies of this mode. */
  long replies() {
    return replies;
  }
}
