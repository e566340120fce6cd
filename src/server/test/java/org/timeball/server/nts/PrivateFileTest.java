package org.timeball.server.nts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
  @TempDir private Path directory;

  @Test
  void replacesAFileSoThatItsGroupCanStillReadIt() throws IOException {
    Path file = directory.resolve("server-key.pem");
    PrivateFile.write(file, "before", "rw-r-----");
    GroupPrincipal other = giveToAnotherGroup(file);

    PrivateFile.write(file, "after", "rw-r-----");

    assertThat(PrivateFile.read(file)).isEqualTo("after");
    assertThat(view(file).readAttributes().group()).isEqualTo(other);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  /** Only who is in the group, or root, can: elsewhere there is nothing to see. */
  private static GroupPrincipal giveToAnotherGroup(Path file) throws IOException {
    try {
      GroupPrincipal other =
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("daemon");
      view(file).setGroup(other);
      return other;
    } catch (IOException e) {
      assumeTrue(false, "this user may not give files to the group 'daemon'");
      throw e;
    }
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }
}
