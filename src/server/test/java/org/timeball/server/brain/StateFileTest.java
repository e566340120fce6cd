package org.timeball.server.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsReadByTheNextRun() {
    Path file = folder.resolve("deep/learned");
    new StateFile(file).write("frequency = 1.5e-6\n");

    assertThat(new StateFile(file).read()).isEqualTo("frequency = 1.5e-6\n");
  }

  @Test
  void nothingIsLeftBesideTheFile() throws IOException {
    new StateFile(folder.resolve("learned")).write("one");
    new StateFile(folder.resolve("learned")).write("two");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("learned"));
    }
  }

  @Test
  void aFileThatIsMissingOrEmptyIsAsIfNothingWasLearned() throws IOException {
    assertThat(new StateFile(folder.resolve("learned")).read()).isEmpty();

    Files.createFile(folder.resolve("learned"));
    assertThat(new StateFile(folder.resolve("learned")).read()).isEmpty();
  }

  @Test
  void aFileThatIsHugeIsNotRead() throws IOException {
    Path file = folder.resolve("learned");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(StateFile.MOST_OCTETS + 1);
    }

    assertThat(new StateFile(file).read()).isEmpty();
  }

  @Test
  void aFileThatIsNotTextIsAsIfNothingWasLearned() throws IOException {
    Path file = folder.resolve("learned");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

    assertThat(new StateFile(file).read()).isEmpty();
  }

  @Test
  void aPlaceThatCannotBeWrittenStopsNobodyAndKeepsTheOldText() throws IOException {
    Path file = folder.resolve("learned");
    new StateFile(file).write("old");
    // A folder in the place of the new file: also the superuser cannot write over that.
    Files.createDirectory(folder.resolve("learned.new"));

    new StateFile(file).write("new");

    assertThat(new StateFile(file).read()).isEqualTo("old");
  }

  @Test
  void theKeeperWritesTheNewestTextBeforeItCloses() {
    Path file = folder.resolve("learned");
    try (StateKeeper keeper = new StateKeeper(file)) {
      for (int i = 0; i <= 1_000; i++) {
        keeper.keep("text " + i);
      }
    }

    assertThat(new StateFile(file).read()).isEqualTo("text 1000");
  }
}
