package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.keys.SymmetricKey;

/** Keys in the configuration. */
class KeySettingsTest {
  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 1));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("keys");
  }

  private void write(String text, String mode) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Configuration parse(String more) throws ConfigurationException {
    return reader.parse("t.toml", "[keys]\nfile = \"%s\"\n%s".formatted(file, more));
  }

  @Test
  void aServerIsAskedWithTheKeyThatTheFileHas() throws Exception {
    write("10 AES128 HEX:00112233445566778899aabbccddeeff\n", "rw-r-----");
    Configuration configuration =
        parse("[[source]]\nname = 'a'\naddress = '192.0.2.1'\nkey = 10\n");

    assertThat(configuration.keys().keys()).extracting(SymmetricKey::id).containsExactly(10L);
    assertThat(configuration.sources().getFirst().keyId()).isEqualTo(10);
  }

  @Test
  void aKeyThatTheFileHasNotIsRefused() throws Exception {
    write("10 AES128 HEX:00112233445566778899aabbccddeeff\n", "rw-------");
    assertThatThrownBy(() -> parse("[[source]]\nname='a'\naddress='192.0.2.1'\nkey = 11\n"))
        .hasMessageContaining("t.toml:6:1: there is no key 11");
  }

  @Test
  void aMistakeInTheKeyFileIsShownWithItsOwnLine() throws Exception {
    write("# keys\n10 SHA256 my secret\n", "rw-------");
    assertThatThrownBy(() -> parse(""))
        .hasMessageContaining(file + ":2:1: key 10 has something behind its secret");
  }

  @Test
  void aFileThatEverybodyCanReadIsRefused() throws Exception {
    write("10 SHA256 abcdefghijklm\n", "rw-r--r--");
    assertThatThrownBy(() -> parse("")).hasMessageContaining("everybody on this machine");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> parse("")).hasMessageContaining("there is no such file");
  }

  @Test
  void oldAlgorithmsAreWarnedOf() throws Exception {
    write("10 MD5 abcdefghijklm\n", "rw-------");
    assertThat(parse("").keys().warnings())
        .singleElement()
        .asString()
        .contains(":1: key 10: MD5 is for old peers only");
  }
}
