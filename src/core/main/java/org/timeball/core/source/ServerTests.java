package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpShort;
import org.timeball.time.ReferenceId;

/** What a packet that gives time says of its sender, and whether that may be followed. */
final class ServerTests {
  /** MAXSTRAT (RFC 5905, section 7.2): not synchronised. */
  private static final int UNSYNCHRONISED_STRATUM = 16;

  /** MAXDISP (RFC 5905, section 7.2), seconds; a root distance this large is none. */
  private static final double LARGEST_DISTANCE = 16;

  /** log2 seconds; a server that claims less is not allowed more. */
  private static final int COARSEST_PRECISION = -10;

  private ServerTests() {}

  static Reception.Server read(ByteBuffer packet) {
    return new Reception.Server(
        NtpHeader.leap(packet, 0),
        NtpHeader.stratum(packet, 0),
        NtpHeader.precisionExponent(packet, 0),
        NtpShort.toSeconds(NtpHeader.rootDelay(packet, 0)),
        NtpShort.toSeconds(NtpHeader.rootDispersion(packet, 0)),
        new ReferenceId(NtpHeader.referenceId(packet, 0)));
  }

  /**
   * Why the sender cannot be followed (RFC 5905, section 9.2, and section 11.2.1); empty if it can.
   */
  static Optional<PacketTest> failed(Reception.Server server, Set<ReferenceId> ownReferenceIds) {
    if (server.leap() == Leap.UNSYNCHRONIZED
        || server.stratum() == 0
        || server.stratum() >= UNSYNCHRONISED_STRATUM) {
      return Optional.of(PacketTest.UNSYNCHRONISED);
    }
    if (server.rootDelay() / 2 + server.rootDispersion() >= LARGEST_DISTANCE) {
      return Optional.of(PacketTest.HEADER_DISTANCE);
    }
    return server.stratum() > 1 && ownReferenceIds.contains(server.referenceId())
        ? Optional.of(PacketTest.LOOP)
        : Optional.empty();
  }

  /** What the last packet's failure says of its sender; empty if it says nothing. */
  static Optional<SourceState> stateAfter(PacketTest failure) {
    return switch (failure) {
      case LOOP -> Optional.of(SourceState.LOOP);
      case HEADER_DISTANCE -> Optional.of(SourceState.TOO_DISTANT);
      case UNSYNCHRONISED -> Optional.of(SourceState.UNSYNCHRONISED);
      case DUPLICATE, BOGUS, INVALID, ACCESS_DENIED, AUTHENTICATION, DELAY, FORMAT ->
          Optional.empty();
    };
  }

  /**
   * Servers fill the digits below their precision at random (RFC 5905, section 6), so a reply at
   * once may seem to leave so much before its request came, in units of 2^-32 s.
   */
  static long coarseness(ByteBuffer packet) {
    int exponent = Math.min(NtpHeader.precisionExponent(packet, 0), COARSEST_PRECISION);
    return Math.max(1, (long) Math.scalb(0x1p33, exponent));
  }

  static boolean runsBackwards(ByteBuffer packet, long receive, long transmit) {
    // Signed: right across an era.
    return transmit - receive < -coarseness(packet);
  }
}
