package org.timeball.core.packet;

import java.nio.ByteBuffer;
import org.timeball.time.Leap;

/**
 * Reads and writes the 48-octet header in place (RFC 5905, section 7.3). Allocates nothing.
 *
 * <p>{@code at} is the offset of the first octet of the packet. Timestamps are the 64 bits of a
 * {@link org.timeball.time.NtpTimestamp}, root delay and dispersion the 32 bits of a {@link
 * org.timeball.time.NtpShort}.
 */
public final class NtpHeader {
  /** Octets of the header. */
  public static final int LENGTH = 48;

  private static final int LEAP_VERSION_MODE = 0;
  private static final int STRATUM = 1;
  private static final int POLL = 2;
  private static final int PRECISION = 3;
  private static final int ROOT_DELAY = 4;
  private static final int ROOT_DISPERSION = 8;
  private static final int REFERENCE_ID = 12;
  private static final int REFERENCE_TIMESTAMP = 16;
  private static final int ORIGIN_TIMESTAMP = 24;
  private static final int RECEIVE_TIMESTAMP = 32;
  private static final int TRANSMIT_TIMESTAMP = 40;

  private NtpHeader() {}

  /** The leap indicator. */
  public static Leap leap(ByteBuffer packet, int at) {
    return Leap.ofWire((packet.get(at + LEAP_VERSION_MODE) & 0xFF) >> 6);
  }

  /** Version number, 0 to 7. */
  public static int version(ByteBuffer packet, int at) {
    return packet.get(at + LEAP_VERSION_MODE) >> 3 & 7;
  }

  /** One of {@link Mode}, 0 to 7. */
  public static int mode(ByteBuffer packet, int at) {
    return packet.get(at + LEAP_VERSION_MODE) & 7;
  }

  /** Writes the first octet. */
  public static void leapVersionMode(ByteBuffer packet, int at, Leap leap, int version, int mode) {
    packet.put(at + LEAP_VERSION_MODE, (byte) (leap.wire() << 6 | version << 3 | mode));
  }

  /** Stratum as on the wire, 0 to 255; 0 is a kiss code or "unsynchronised". */
  public static int stratum(ByteBuffer packet, int at) {
    return packet.get(at + STRATUM) & 0xFF;
  }

  /** Writes the stratum as on the wire. */
  public static void stratum(ByteBuffer packet, int at, int stratum) {
    packet.put(at + STRATUM, (byte) stratum);
  }

  /** Poll exponent, log2 seconds. */
  public static int pollExponent(ByteBuffer packet, int at) {
    return packet.get(at + POLL);
  }

  /** Writes the poll exponent, log2 seconds. */
  public static void pollExponent(ByteBuffer packet, int at, int exponent) {
    packet.put(at + POLL, (byte) exponent);
  }

  /** Precision exponent, log2 seconds. */
  public static int precisionExponent(ByteBuffer packet, int at) {
    return packet.get(at + PRECISION);
  }

  /** Writes the precision exponent, log2 seconds. */
  public static void precisionExponent(ByteBuffer packet, int at, int exponent) {
    packet.put(at + PRECISION, (byte) exponent);
  }

  /** Root delay in the short format. */
  public static int rootDelay(ByteBuffer packet, int at) {
    return packet.getInt(at + ROOT_DELAY);
  }

  /** Writes the root delay in the short format. */
  public static void rootDelay(ByteBuffer packet, int at, int shortFormat) {
    packet.putInt(at + ROOT_DELAY, shortFormat);
  }

  /** Root dispersion in the short format. */
  public static int rootDispersion(ByteBuffer packet, int at) {
    return packet.getInt(at + ROOT_DISPERSION);
  }

  /** Writes the root dispersion in the short format. */
  public static void rootDispersion(ByteBuffer packet, int at, int shortFormat) {
    packet.putInt(at + ROOT_DISPERSION, shortFormat);
  }

  /** The bits of a {@link org.timeball.time.ReferenceId}, or of a kiss code. */
  public static int referenceId(ByteBuffer packet, int at) {
    return packet.getInt(at + REFERENCE_ID);
  }

  /** Writes the bits of a {@link org.timeball.time.ReferenceId}, or of a kiss code. */
  public static void referenceId(ByteBuffer packet, int at, int bits) {
    packet.putInt(at + REFERENCE_ID, bits);
  }

  /** When the sender's clock was last set or corrected. */
  public static long referenceTimestamp(ByteBuffer packet, int at) {
    return packet.getLong(at + REFERENCE_TIMESTAMP);
  }

  /** Writes when this clock was last set or corrected. */
  public static void referenceTimestamp(ByteBuffer packet, int at, long bits) {
    packet.putLong(at + REFERENCE_TIMESTAMP, bits);
  }

  /** In a reply, the transmit timestamp of the request. */
  public static long originTimestamp(ByteBuffer packet, int at) {
    return packet.getLong(at + ORIGIN_TIMESTAMP);
  }

  /** Writes the transmit timestamp of the request that is answered. */
  public static void originTimestamp(ByteBuffer packet, int at, long bits) {
    packet.putLong(at + ORIGIN_TIMESTAMP, bits);
  }

  /** In a reply, when the request arrived. */
  public static long receiveTimestamp(ByteBuffer packet, int at) {
    return packet.getLong(at + RECEIVE_TIMESTAMP);
  }

  /** Writes when the request arrived. */
  public static void receiveTimestamp(ByteBuffer packet, int at, long bits) {
    packet.putLong(at + RECEIVE_TIMESTAMP, bits);
  }

  /** When the packet left its sender. */
  public static long transmitTimestamp(ByteBuffer packet, int at) {
    return packet.getLong(at + TRANSMIT_TIMESTAMP);
  }

  /** Writes when this packet leaves. */
  public static void transmitTimestamp(ByteBuffer packet, int at, long bits) {
    packet.putLong(at + TRANSMIT_TIMESTAMP, bits);
  }
}
