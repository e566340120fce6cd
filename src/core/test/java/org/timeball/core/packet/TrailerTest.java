package org.timeball.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.packet.Trailer.Ending;
import org.timeball.time.Leap;

class TrailerTest {
  private static final int AT = 3;
  private static final int UNKNOWN_TYPE = 0xF123;

  private final Trailer trailer = new Trailer();

  private static ByteBuffer packet(int version, int trailerLength) {
    ByteBuffer packet = ByteBuffer.allocate(AT + NtpHeader.LENGTH + trailerLength);
    NtpHeader.leapVersionMode(packet, AT, Leap.NONE, version, Mode.CLIENT);
    return packet;
  }

  private static void field(ByteBuffer packet, int offset, int length) {
    int at = AT + NtpHeader.LENGTH + offset;
    packet.putShort(at, (short) UNKNOWN_TYPE).putShort(at + 2, (short) length);
  }

  private Ending read(ByteBuffer packet) {
    return trailer.read(packet, AT, packet.capacity() - AT);
  }

  @Test
  void findsNothingBehindAHeaderAlone() {
    assertThat(read(packet(4, 0))).isEqualTo(Ending.OPEN);
    assertThat(trailer.fieldsEnd()).isEqualTo(trailer.fieldsStart());
    assertThat(trailer.codeLength()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, CRYPTO_NAK", "4, 8, MALFORMED", "4, 12, MALFORMED", "4, 16, MALFORMED",
    "4, 20, CODE", "4, 24, CODE", "4, 28, MALFORMED", "4, 68, MALFORMED",
    "3, 4, CRYPTO_NAK", "3, 8, MALFORMED", "3, 12, CODE", "3, 20, CODE",
    "3, 24, CODE", "3, 36, CODE", "3, 68, CODE", "3, 72, MALFORMED",
    "4, 1, MALFORMED", "4, 21, MALFORMED", "3, 22, MALFORMED", "1, 12, CODE"
  })
  void tellsZeroOctetsApartByTheirNumber(int version, int length, Ending expected) {
    assertThat(read(packet(version, length))).isEqualTo(expected);
  }

  @Test
  void takesAKeyIdentifierWithoutADigestForNoCryptoNakUnlessItIsZero() {
    ByteBuffer packet = packet(4, 4);
    packet.putInt(AT + NtpHeader.LENGTH, 1);
    assertThat(read(packet)).isEqualTo(Ending.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 28, 32, 68, 1024})
  void takesAWellFormedFieldThatEndsThePacket(int length) {
    ByteBuffer packet = packet(4, length);
    field(packet, 0, length);
    assertThat(read(packet)).isEqualTo(Ending.OPEN);
    assertThat(trailer.fieldsEnd() - trailer.fieldsStart()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 24})
  void takesACodeBehindTwoFields(int codeLength) {
    ByteBuffer packet = packet(4, 16 + 28 + codeLength);
    field(packet, 0, 16);
    field(packet, 16, 28);
    assertThat(read(packet)).isEqualTo(Ending.CODE);
    assertThat(trailer.fieldsEnd() - trailer.fieldsStart()).isEqualTo(44);
    assertThat(trailer.codeLength()).isEqualTo(codeLength);
  }

  @Test
  void takesACryptoNakBehindAField() {
    ByteBuffer packet = packet(4, 32);
    field(packet, 0, 28);
    assertThat(read(packet)).isEqualTo(Ending.CRYPTO_NAK);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 8, 12, 15, 17, 30, 33, 36, 65532, 65535})
  void refusesAFieldWhoseLengthCannotBe(int stated) {
    ByteBuffer packet = packet(4, 32);
    field(packet, 0, stated);
    assertThat(read(packet)).isEqualTo(Ending.MALFORMED);
  }

  @Test
  void refusesASecondFieldThatReachesBeyondTheEnd() {
    ByteBuffer packet = packet(4, 64);
    field(packet, 0, 28);
    field(packet, 28, 40);
    assertThat(read(packet)).isEqualTo(Ending.MALFORMED);
  }
}
