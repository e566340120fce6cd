package org.timeball.core.packet;

import java.nio.ByteBuffer;
import org.timeball.core.ServerState;
import org.timeball.time.Leap;
import org.timeball.time.NtpShort;
import org.timeball.time.NtpTimestamp;

/**
 * What this server says about itself in the header of every packet that gives time, whatever its
 * mode. Allocates nothing.
 */
public final class StateHeader {
  /** Of a server that knows the time (RFC 5905, section 7.3, figure 11). */
  public static final int HIGHEST_STRATUM = 15;

  private StateHeader() {}

  /**
   * Writes the first octet, stratum, precision, root delay and dispersion, reference identifier and
   * reference timestamp; the poll exponent and the other timestamps are left alone.
   *
   * @param nowUnixNanos the served clock, for the growth of the root dispersion
   */
  public static void write(
      ByteBuffer packet, int at, int version, int mode, ServerState state, long nowUnixNanos) {
    boolean synchronised =
        state.leap() != Leap.UNSYNCHRONIZED && state.stratum() <= HIGHEST_STRATUM;
    NtpHeader.leapVersionMode(
        packet, at, synchronised ? state.leap() : Leap.UNSYNCHRONIZED, version, mode);
    // Stratum 16 is 0 on the wire (RFC 5905, section 7.3, figure 11).
    NtpHeader.stratum(packet, at, synchronised ? state.stratum() : 0);
    NtpHeader.precisionExponent(packet, at, state.precisionExponent());
    NtpHeader.rootDelay(packet, at, NtpShort.ofSecondsRoundedUp(state.rootDelay()));
    NtpHeader.rootDispersion(
        packet, at, NtpShort.ofSecondsRoundedUp(state.rootDispersionAt(nowUnixNanos)));
    NtpHeader.referenceId(packet, at, state.referenceId().bits());
    NtpHeader.referenceTimestamp(
        packet, at, synchronised ? wireBits(state.referenceUnixNanos()) : 0);
  }

  /** All bits 0 mean "unknown", so the first instant of an era is said 2^-32 s late. */
  public static long wireBits(long unixNanos) {
    long bits = NtpTimestamp.bitsOfUnixNanos(unixNanos);
    return bits == 0 ? 1 : bits;
  }
}
