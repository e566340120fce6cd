package org.timeball.server.brain;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What was learned, kept between runs. A new text is written beside the old one and renamed, so
 * that a power cut leaves one or the other. Trouble is logged once and never stops the service.
 */
final class StateFile implements Store {
  private static final Logger LOG = System.getLogger(StateFile.class.getName());

  /** What is learned takes some kilobytes; whatever is larger was not written by us. */
  static final long MOST_OCTETS = 1 << 20;

  private final Path file;
  private String failure = "";

  StateFile(Path file) {
    this.file = file;
  }

  @Override
  public String read() {
    try {
      long octets = Files.size(file);
      if (octets > MOST_OCTETS) {
        LOG.log(
            Logger.Level.WARNING,
            "{0}: {1} octets cannot be what this program wrote; starting without what was learned",
            file,
            Long.toString(octets));
        return "";
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (CharacterCodingException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0}: damaged (not UTF-8); starting without what was learned",
          file);
      return "";
    } catch (IOException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0}: cannot be read ({1}); starting without what was learned",
          file,
          e.toString());
      return "";
    }
  }

  /** Writes the text; a failure is logged when it begins and when it ends. */
  @Override
  public void write(String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        channel.force(true);
      }
      rename(beside);
      if (!failure.isEmpty()) {
        LOG.log(Logger.Level.INFO, "{0}: written again", file);
        failure = "";
      }
    } catch (IOException e) {
      if (failure.isEmpty()) {
        LOG.log(
            Logger.Level.WARNING,
            "{0}: cannot be written ({1}); the service goes on, but what it learns is lost at its"
                + " end",
            file,
            e.toString());
      }
      failure = e.toString();
    }
  }

  private void rename(Path beside) throws IOException {
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
