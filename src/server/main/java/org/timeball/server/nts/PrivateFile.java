package org.timeball.server.nts;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that nobody but its owner, and its group if he says so, may read. */
public final class PrivateFile {
  private static final Logger LOG = System.getLogger(PrivateFile.class.getName());
  private static final long MOST_OCTETS = 1 << 20;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE,
          PosixFilePermission.GROUP_WRITE);

  private PrivateFile() {}

  /**
   * Reads it, unless others may read it too.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException saying what is wrong and what to do
   */
  public static String read(Path file) throws IOException {
    Set<PosixFilePermission> mode = permissions(file);
    mode.retainAll(OTHERS);
    if (!mode.isEmpty()) {
      throw new IOException(
          "%s: more may read or write it than the service needs; run: chmod 600 %s"
              .formatted(file, file));
    }
    return readAny(file);
  }

  /** Reads a file that everybody may read. */
  static String readAny(Path file) throws IOException {
    try {
      if (Files.size(file) > MOST_OCTETS) {
        throw new IOException(file + ": larger than 1 MiB, which is not what belongs there");
      }
      // Whoever made a certificate may have put a comment in any language before it.
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new IOException(
          "%s: permission denied; the user '%s' must be able to read it"
              .formatted(file, System.getProperty("user.name")),
          e);
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    return EnumSet.copyOf(withOwner(Files.getPosixFilePermissions(file)));
  }

  /** So that the set is never empty, which EnumSet cannot copy. */
  private static Set<PosixFilePermission> withOwner(Set<PosixFilePermission> mode) {
    mode.add(PosixFilePermission.OWNER_READ);
    return mode;
  }

  /**
   * Writes it beside the old one and renames it, so that a power cut leaves one or the other. Who
   * owned the old one, as user and as group, owns the new one if this user may give it away: what
   * the service could read it can read afterwards too.
   *
   * @param mode such as {@code rw-------}
   */
  public static void write(Path file, String text, String mode) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    try (FileChannel channel =
        FileChannel.open(
            beside,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      ByteBuffer octets = StandardCharsets.US_ASCII.encode(text);
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
      channel.force(true);
    }
    keepOwners(file, beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void keepOwners(Path before, Path after) {
    try {
      PosixFileAttributes old = Files.readAttributes(before, PosixFileAttributes.class);
      PosixFileAttributeView view = Files.getFileAttributeView(after, PosixFileAttributeView.class);
      PosixFileAttributes fresh = view.readAttributes();
      if (!fresh.group().equals(old.group())) {
        view.setGroup(old.group());
      }
      if (!fresh.owner().equals(old.owner())) {
        view.setOwner(old.owner());
      }
    } catch (NoSuchFileException e) {
      // There is none to follow.
      return;
    } catch (IOException e) {
      LOG.log(
          Logger.Level.WARNING,
          "{0}: its owners cannot stay as they were ({1}); see that the service can read it",
          before,
          e.getMessage());
    }
  }
}
