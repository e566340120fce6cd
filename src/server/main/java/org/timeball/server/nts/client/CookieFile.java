package org.timeball.server.nts.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.timeball.server.brain.Store;
import org.timeball.server.nts.PrivateFile;

/**
 * Keys and cookies between two runs, in a file that nobody else may read. What is read is removed
 * first: a cookie that was used must not be found there again, whatever happens next.
 */
public final class CookieFile implements Store {
  private static final Logger LOG = System.getLogger(CookieFile.class.getName());

  private final Path file;
  private String failure = "";

  public CookieFile(Path file) {
    this.file = file;
  }

  @Override
  public String read() {
    try {
      String text = PrivateFile.read(file);
      Files.delete(file);
      return text;
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0}: cannot be used ({1}); keys of servers with NTS are fetched anew",
          file,
          e.getMessage());
      return "";
    }
  }

  @Override
  public void write(String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      PrivateFile.write(file, text, "rw-------");
      failure = "";
    } catch (IOException e) {
      if (failure.isEmpty()) {
        LOG.log(
            Logger.Level.WARNING,
            "{0}: cannot be written ({1}); after a restart keys of servers with NTS are fetched"
                + " anew",
            file,
            e.toString());
      }
      failure = e.toString();
    }
  }
}
