package org.timeball.platform.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory that only this user can read, for the machine code that libraries carry in their
 * jars.
 *
 * <p>Left to themselves they unpack it where others may put theirs first, such as a directory in
 * {@code /tmp} that everybody may write to. Once it is loaded the files are not needed any more:
 * {@link #close} removes them.
 */
public final class NativeFiles implements AutoCloseable {
  private final Path directory;

  private NativeFiles(Path directory) {
    this.directory = directory;
  }

  /** Makes a new one, mode 0700. */
  public static NativeFiles create() {
    try {
      return new NativeFiles(Files.createTempDirectory("timeball-native-"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no place to unpack native libraries: "
              + System.getProperty("java.io.tmpdir")
              + " cannot be written to; name another directory with -Djava.io.tmpdir=…",
          e);
    }
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /**
   * Copies one file out of a library's jar, keeping its path.
   *
   * @param owner a class of that jar
   * @param resource such as {@code Linux/x86_64/libjSerialComm.so}
   * @return whether the jar has it
   */
  public boolean unpack(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream("/" + resource)) {
      if (in == null) {
        return false;
      }
      Path target = directory.resolve(resource);
      Files.createDirectories(target.getParent());
      Files.copy(in, target);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + resource + " to " + directory, e);
    }
  }

  /** Removes the directory; what is loaded stays loaded. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
