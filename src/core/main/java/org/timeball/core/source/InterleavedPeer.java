package org.timeball.core.source;

import java.util.Optional;
import org.timeball.time.NtpTimestamp;

/**
 * The interleaved mode between peers (RFC 9769, section 3): a packet tells, in its transmit
 * timestamp, when the one before it left, as the kernel or the device stamped it, and shows by its
 * origin timestamp that it is of this mode: that is the receive timestamp of the other side's last
 * packet and not its transmit timestamp.
 *
 * <p>It can be used only where the other side is sure to have the packet before: when its last
 * packet answered that one. Otherwise, as when a packet was lost or the sides send at different
 * paces, the next packet is of the basic mode. Belongs to one thread.
 */
final class InterleavedPeer {
  /** Chosen, seconds: clocks apart by so much while a peer waits are apart by less than this. */
  private static final double MOST_BACKWARDS = 1e-3;

  /** The last exchange, of which the peer's departure is not known exactly yet. */
  private record Held(long t1RawNanos, long receive, long t4RawNanos) {}

  private final boolean wanted;
  private Optional<Held> held = Optional.empty();
  private long leftBits;
  private boolean answeredLast;
  private long replies;

  InterleavedPeer(boolean wanted) {
    this.wanted = wanted;
  }

  boolean isWanted() {
    return wanted;
  }

  /**
   * Our packet left.
   *
   * @param bits when, by its stamp; 0 if it was not stamped
   */
  void departed(long bits) {
    leftBits = bits;
    answeredLast = false;
  }

  /**
   * A genuine answer came.
   *
   * @param t1RawNanos when our packet left that it answers
   * @param wasLast whether that was our last one
   * @param receive its receive timestamp
   * @param t4RawNanos when it came
   */
  void answered(long t1RawNanos, boolean wasLast, long receive, long t4RawNanos) {
    held = Optional.of(new Held(t1RawNanos, receive, t4RawNanos));
    answeredLast = wasLast;
  }

  /**
   * The other side sent again before we did: two of its packets show the same, so one of this mode
   * would not tell which of them it is about.
   */
  void sentAgain() {
    answeredLast = false;
  }

  /**
   * Whether the next packet is of this mode.
   *
   * @param lastTransmit the transmit timestamp of the packet before; the same again would look like
   *     that packet
   */
  boolean isDue(long lastTransmit) {
    return wanted && answeredLast && leftBits != 0 && leftBits != lastTransmit;
  }

  /** The origin timestamp of a packet of this mode. */
  long originTimestamp() {
    return held.orElseThrow().receive();
  }

  /** The transmit timestamp of a packet of this mode. */
  long transmitTimestamp() {
    return leftBits;
  }

  /**
   * The exchange before, complete now that its last timestamp is known; empty if that cannot be of
   * it.
   */
  Optional<Reception.Exchange> exchange(
      long transmit, long pivotUnixNanos, Reception.Server server) {
    Optional<Reception.Exchange> exchange =
        held.map(h ->
                new Reception.Exchange(
                    h.t1RawNanos(),
                    NtpTimestamp.unixNanosNear(h.receive(), pivotUnixNanos),
                    NtpTimestamp.unixNanosNear(transmit, pivotUnixNanos),
                    h.t4RawNanos(),
                    server))
            .filter(e -> e.t3UnixNanos() >= e.t2UnixNanos())
            .filter(e -> e.delay() >= -MOST_BACKWARDS);
    if (exchange.isPresent()) {
      replies++;
    }
    return exchange;
  }

  /** What was before means nothing any more: the next packet is of the basic mode. */
  void forget() {
    held = Optional.empty();
    leftBits = 0;
    answeredLast = false;
  }

  /** Our clock was set: when our last packet left is told on another scale. */
  void clockStepped() {
    leftBits = 0;
  }

  /** Exchanges completed by packets of this mode. */
  long replies() {
    return replies;
  }
}
