package org.timeball.server.nts.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookieFileTest {
  @TempDir private Path directory;

  private CookieFile file() {
    return new CookieFile(directory.resolve("state/nts-cookies"));
  }

  @Test
  void nobodyElseMayReadWhatItWrites() throws Exception {
    file().write("secret");

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state/nts-cookies"))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsReadIsNotThereAnyMore() {
    file().write("secret");

    assertThat(file().read()).isEqualTo("secret");
    assertThat(file().read()).isEmpty();
  }

  @Test
  void aFileThatOthersCouldReadIsNotUsed() throws Exception {
    file().write("secret");
    Files.setPosixFilePermissions(
        directory.resolve("state/nts-cookies"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(file().read()).isEmpty();
  }
}
