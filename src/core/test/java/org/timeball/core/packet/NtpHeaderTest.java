package org.timeball.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

class NtpHeaderTest {
  /**
   * A symmetric active packet of ntpd 4.2.8 that was captured on a network, with its 20 octets of
   * MAC.
   */
  private static final String CAPTURED =
      "210b06ea000000000000f2c17f7f0100db39e8a23102e6bcdb39e881025538efdb39e880dc6c2b06"
          + "db39e8a931cb49bf00000001ad79f3a1e5fcd032d26a1e27c3c1b60e";

  private static final int AT = 5;

  @Test
  void readsEveryFieldOfACapturedPacketWhereverItLies() {
    byte[] octets = HexFormat.of().parseHex(CAPTURED);
    ByteBuffer packet = ByteBuffer.allocate(AT + octets.length).put(AT, octets);

    assertThat(NtpHeader.leap(packet, AT)).isEqualTo(Leap.NONE);
    assertThat(NtpHeader.version(packet, AT)).isEqualTo(4);
    assertThat(NtpHeader.mode(packet, AT)).isEqualTo(Mode.SYMMETRIC_ACTIVE);
    assertThat(NtpHeader.stratum(packet, AT)).isEqualTo(11);
    assertThat(NtpHeader.pollExponent(packet, AT)).isEqualTo(6);
    assertThat(NtpHeader.precisionExponent(packet, AT)).isEqualTo(-22);
    assertThat(NtpHeader.rootDelay(packet, AT)).isZero();
    assertThat(NtpHeader.rootDispersion(packet, AT)).isEqualTo(0xF2C1);
    assertThat(new ReferenceId(NtpHeader.referenceId(packet, AT)).dottedQuad())
        .isEqualTo("127.127.1.0");
    assertThat(new NtpTimestamp(NtpHeader.referenceTimestamp(packet, AT)))
        .hasToString("db39e8a2.3102e6bc");
    assertThat(new NtpTimestamp(NtpHeader.originTimestamp(packet, AT)))
        .hasToString("db39e881.025538ef");
    assertThat(new NtpTimestamp(NtpHeader.receiveTimestamp(packet, AT)))
        .hasToString("db39e880.dc6c2b06");
    assertThat(new NtpTimestamp(NtpHeader.transmitTimestamp(packet, AT)))
        .hasToString("db39e8a9.31cb49bf");
  }

  @Test
  void writesEveryFieldWhereItReadsIt() {
    byte[] octets = HexFormat.of().parseHex(CAPTURED.substring(0, 2 * NtpHeader.LENGTH));
    ByteBuffer read = ByteBuffer.wrap(octets);
    ByteBuffer written = ByteBuffer.allocate(AT + octets.length);

    NtpHeader.leapVersionMode(
        written, AT, NtpHeader.leap(read, 0), NtpHeader.version(read, 0), NtpHeader.mode(read, 0));
    NtpHeader.stratum(written, AT, NtpHeader.stratum(read, 0));
    NtpHeader.pollExponent(written, AT, NtpHeader.pollExponent(read, 0));
    NtpHeader.precisionExponent(written, AT, NtpHeader.precisionExponent(read, 0));
    NtpHeader.rootDelay(written, AT, NtpHeader.rootDelay(read, 0));
    NtpHeader.rootDispersion(written, AT, NtpHeader.rootDispersion(read, 0));
    NtpHeader.referenceId(written, AT, NtpHeader.referenceId(read, 0));
    NtpHeader.referenceTimestamp(written, AT, NtpHeader.referenceTimestamp(read, 0));
    NtpHeader.originTimestamp(written, AT, NtpHeader.originTimestamp(read, 0));
    NtpHeader.receiveTimestamp(written, AT, NtpHeader.receiveTimestamp(read, 0));
    NtpHeader.transmitTimestamp(written, AT, NtpHeader.transmitTimestamp(read, 0));

    assertThat(written.slice(AT, octets.length)).isEqualTo(read);
  }

  @Test
  void readsTheWarningOfALeapSecondAndTheHighestVersion() {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH).put(0, (byte) 0b01_111_011);
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.INSERT);
    assertThat(NtpHeader.version(packet, 0)).isEqualTo(7);
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.CLIENT);
  }

  @Test
  void readsAnUnsynchronisedLeapIndicatorThoughItsBitsAreTheSignOfAByte() {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH).put(0, (byte) 0b11_100_100);
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(NtpHeader.version(packet, 0)).isEqualTo(4);
  }
}
