package org.timeball.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key files as chrony and ntpd write them. */
class KeyFileTest {
  private static SymmetricKey only(String line) {
    KeyFile file = KeyFile.parse(line);
    assertThat(file.problems()).isEmpty();
    assertThat(file.keys()).hasSize(1);
    return file.keys().getFirst();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void readsWhatChronycKeygenWrites() {
    SymmetricKey key = only("73 SHA256 HEX:E1A0B1C2D3E4F5061728394A5B6C7D8E9FA0B1C2\n");

    assertThat(key.id()).isEqualTo(73);
    assertThat(key.algorithm()).isEqualTo(KeyAlgorithm.SHA256);
    assertThat(key.secret().length()).isEqualTo(20);
    assertThat(key.secret().octets()[0]).isEqualTo((byte) 0xE1);
  }

  @Test
  void readsWhatNtpkeygenWrites() {
    KeyFile file =
        KeyFile.parse(
            """
            # ntpkey_MD5key_server.3881000000
            # Mon Nov 23 12:00:00 2026

             1 MD5 hS[Zw2e<*k>lpwMy8x}X  # MD5 key
            11 AES-128 27c5a5e4e0b1c7c0f1dbd3a5d1f3a0b9  # AES key
            12 SHA1 27c5a5e4e0b1c7c0f1dbd3a5d1f3a0b927c5a5e4
            """);

    assertThat(file.problems()).isEmpty();
    assertThat(file.keys()).extracting(SymmetricKey::id).containsExactly(1L, 11L, 12L);
    assertThat(file.keys().get(0).secret().octets()).isEqualTo(ascii("hS[Zw2e<*k>lpwMy8x}X"));
    assertThat(file.keys().get(1).secret().length()).isEqualTo(16);
    assertThat(file.keys().get(2).secret().length()).isEqualTo(20);
  }

  @Test
  void aSecretWithoutAnAlgorithmIsForMd5() {
    assertThat(only("1 topsecretword").algorithm()).isEqualTo(KeyAlgorithm.MD5);
  }

  @Test
  void aWordBeforeTheSecretSaysWhatItIs() {
    assertThat(only("1 SHA256 ASCII:00112233445566778899aabbccddeeff").secret().octets())
        .isEqualTo(ascii("00112233445566778899aabbccddeeff"));
    assertThat(only("1 SHA256 HEX:00112233").secret().length()).isEqualTo(4);
    assertThat(only("1 SHA256 00112233445566778899aabbccddeeff").secret().length()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 SHA256 my secret | A secret cannot have a space inside",
        "1 SHA256 ASCII:my secret | A secret cannot have a space inside",
        "1 | has no secret",
        "0 MD5 abc | outside 1 to 4294967295",
        "4294967296 MD5 abc | outside 1 to 4294967295",
        "one MD5 abc | the first is not a number",
        "1 TIGER abcdefghijklmnop | there is no algorithm 'TIGER' here",
        "1 AES128 HEX:0011 | takes a secret of 16 octets, and this has 2",
        "1 AES256 HEX:00112233445566778899aabbccddeeff | takes a secret of 32 octets",
        "1 SHA256 HEX:xyz | pairs of hexadecimal digits",
        "1 SHA256 HEX:123 | pairs of hexadecimal digits",
        "1 SHA256 schlüssel | printable ASCII",
      })
  void refusesAKeyWithLineAndReasonAndWithoutItsSecret(String line, String reason) {
    KeyFile file = KeyFile.parse("# first\n9 SHA256 HEX:00112233445566778899\n" + line);

    assertThat(file.keys()).isEmpty();
    assertThat(file.problems()).hasSize(1);
    assertThat(file.problems().getFirst().line()).isEqualTo(3);
    assertThat(file.problems().getFirst().sentence())
        .contains(reason)
        .doesNotContain("secret2")
        .doesNotContain("0011");
  }

  @Test
  void refusesTheSameIdentifierTwice() {
    KeyFile file = KeyFile.parse("5 SHA256 abcdefghijk\n5 SHA256 lmnopqrstuv");
    assertThat(file.problems().getFirst().sentence()).contains("key 5 stands in line 1 already");
  }

  @Test
  void warnsOfOldAlgorithmsAndShortSecrets() {
    KeyFile file = KeyFile.parse("1 MD5 abcdefghijkl\n2 SHA1 abcdefghijkl\n3 SHA512 abc");

    assertThat(file.keys()).hasSize(3);
    assertThat(file.warnings())
        .extracting(KeyFile.Remark::sentence)
        .anyMatch(s -> s.contains("key 1: MD5 is for old peers only"))
        .anyMatch(s -> s.contains("key 2: SHA1 is for old peers only"))
        .anyMatch(s -> s.contains("key 3: its secret has only 3 octets"));
  }

  @Test
  void aSecretShowsInNoText() {
    SymmetricKey key = only("1 SHA256 ASCII:hunter2hunter2");
    assertThat(key.toString()).doesNotContain("hunter").doesNotContain("68756e");
  }
}
