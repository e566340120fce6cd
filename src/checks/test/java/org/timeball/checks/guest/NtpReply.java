package org.timeball.checks.guest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;

/**
 * What the server in the guest said about its time (RFC 5905, section 7.3), and how far it was from
 * the truth.
 *
 * @param rootDispersion seconds
 * @param offset the server's clock minus true time, in seconds
 * @param secondsToLeap true seconds from the request to the leap second; negative once it has begun
 * @param delay how long the exchange took, in seconds; the offset is wrong by half of it at most
 */
record NtpReply(
    Leap leap,
    int stratum,
    double rootDispersion,
    String referenceId,
    long transmitUnixNanos,
    double offset,
    double delay,
    double secondsToLeap) {

  static NtpReply read(
      ByteBuffer packet, long sentUnixNanos, long receivedUnixNanos, double secondsToLeap) {
    byte[] name = new byte[4];
    packet.get(12, name);
    long receive = unixNanos(packet.getLong(32), sentUnixNanos);
    long transmit = unixNanos(packet.getLong(40), sentUnixNanos);
    return new NtpReply(
        Leap.ofWire(packet.get(0) >>> 6),
        packet.get(1),
        (packet.getInt(8) & 0xFFFF_FFFFL) * 0x1p-16,
        new String(name, StandardCharsets.ISO_8859_1).replace("\0", ""),
        transmit,
        ((receive - sentUnixNanos) + (transmit - receivedUnixNanos)) * 0.5e-9,
        ((receivedUnixNanos - sentUnixNanos) - (transmit - receive)) * 1e-9,
        secondsToLeap);
  }

  /** Whether it claims to know the time. */
  boolean isSynchronised() {
    return leap != Leap.UNSYNCHRONIZED && stratum > 0 && stratum < 16;
  }

  /** Whether the clocks of server and client may have been on different sides of a leap. */
  boolean straddlesLeap() {
    double nearest = Math.min(Math.abs(secondsToLeap), Math.abs(secondsToLeap + 1));
    return nearest < 0.1 + Math.abs(delay);
  }

  /** By how much the server's clock was wrong at least, in seconds, however the exchange went. */
  double leastError() {
    return Math.max(0, Math.abs(offset) - delay / 2);
  }

  private static long unixNanos(long bits, long pivotUnixNanos) {
    return NtpTimestamp.unixNanosNear(bits, pivotUnixNanos);
  }

  @Override
  public String toString() {
    return "leap %s, stratum %d, reference %s, offset %+.6f s, delay %.6f s, root dispersion %.6f s"
        .formatted(leap, stratum, referenceId, offset, delay, rootDispersion);
  }
}
