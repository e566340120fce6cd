package org.timeball.server.nts;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.timeball.core.nts.Randomness;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.crypto.Hkdf;

/**
 * The keys of cookies and the file they are kept in. Read by all packet threads; changed by one
 * thread at a time.
 */
final class CookieKeys implements Supplier<Optional<CookieKeyRing>> {
  private static final Logger LOG = System.getLogger(CookieKeys.class.getName());

  private final Path file;
  private final Randomness randomness;
  private FileStamp stamp = FileStamp.NONE;
  private CookieSecrets secrets;
  private volatile Optional<CookieKeyRing> ring = Optional.empty();

  CookieKeys(Path file, Randomness randomness) {
    this.file = file;
    this.randomness = randomness;
  }

  @Override
  public Optional<CookieKeyRing> get() {
    return ring;
  }

  /**
   * Reads the file, or makes a new one.
   *
   * @throws IOException saying what is wrong with the file and what to do
   */
  synchronized void load(long unixSeconds) throws IOException {
    FileStamp before = FileStamp.of(file);
    try {
      secrets = parse(PrivateFile.read(file));
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      secrets = CookieSecrets.startingWith(draw());
      PrivateFile.write(file, secrets.text(), "rw-------");
      before = FileStamp.of(file);
      LOG.log(Logger.Level.INFO, "{0}: new keys for cookies", file);
    }
    stamp = before;
    ring = Optional.of(CookieKeyRing.at(secrets, unixSeconds, new Hkdf()));
  }

  private CookieSecrets parse(String text) throws IOException {
    try {
      return CookieSecrets.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: %s. Put back a good copy, or remove it: then clients fetch new keys"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Follows the file and the time. Trouble is logged when the file changes, and the keys stay as
   * they are.
   */
  synchronized void refresh(long unixSeconds) {
    FileStamp now = FileStamp.of(file);
    if (!now.equals(stamp) && !now.equals(FileStamp.NONE)) {
      try {
        load(unixSeconds);
        LOG.log(Logger.Level.INFO, "{0}: cookie keys read again", file);
      } catch (IOException e) {
        stamp = now;
        LOG.log(Logger.Level.ERROR, "{0}; the keys before stay in use", e.getMessage());
      }
    }
    if (ring.isPresent() && ring.get().isOutdated(secrets, unixSeconds)) {
      ring = Optional.of(CookieKeyRing.at(secrets, unixSeconds, new Hkdf()));
    }
  }

  /**
   * Replaces the secret; cookies of the one before are accepted for their time.
   *
   * @throws IOException if the file cannot be written: then nothing changes
   */
  synchronized void rotate(long unixSeconds) throws IOException {
    CookieSecrets rotated = secrets.rotated(draw(), unixSeconds);
    PrivateFile.write(file, rotated.text(), "rw-------");
    stamp = FileStamp.of(file);
    secrets = rotated;
    ring = Optional.of(CookieKeyRing.at(secrets, unixSeconds, new Hkdf()));
  }

  private CookieSecret draw() {
    byte[] octets = new byte[CookieSecret.LENGTH];
    randomness.fill(octets);
    return CookieSecret.of(octets);
  }
}
