package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.server.config.LeapSettings;

class LeapFileTest {
  @TempDir Path folder;

  private Optional<String> read(Path file) {
    return LeapFile.read(new LeapSettings(Optional.of(file), Optional.empty()));
  }

  @Test
  void givesTheBrainTheListAsItStands() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "#$ 1\n2272060800 10\n");

    assertThat(read(list)).contains("#$ 1\n2272060800 10\n");
  }

  @Test
  void goesOnWithoutAListThatIsNotThere() {
    assertThat(read(folder.resolve("missing"))).isEmpty();
  }

  @Test
  void doesNotReadWhatIsTooLargeToBeAList() throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);

    assertThat(read(large)).isEmpty();
  }

  @Test
  void doesNotReadWhatIsNotText() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});

    assertThat(read(binary)).isEmpty();
  }
}
