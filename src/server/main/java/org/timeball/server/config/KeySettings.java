package org.timeball.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.keys.SymmetricKey;

/**
 * The table {@code [keys]}: symmetric keys, which stand in a file of their own.
 *
 * @param keys all of the file
 * @param warnings sentences about keys that are allowed and should not be
 */
public record KeySettings(List<SymmetricKey> keys, List<String> warnings) {
  /** No keys. */
  static final KeySettings NONE = new KeySettings(List.of(), List.of());

  private static final Key<String> FILE = Key.of("file", Values.text());

  static final List<Key<?>> KEYS = List.of(FILE);

  /** Some thousand keys; the bound keeps a wrong path from filling the memory. */
  private static final long MOST_OCTETS = 1 << 20;

  public KeySettings {
    keys = List.copyOf(keys);
    warnings = List.copyOf(warnings);
  }

  /** The identifier of a key, where a table names one. */
  static ValueReader<Integer> identifier() {
    return Values.integer(1, Integer.MAX_VALUE, "the identifiers of keys that files usually have");
  }

  /** Notes those that the file does not have. */
  void refuseUnknown(Table table, String key, List<Integer> ids) {
    for (int id : ids) {
      if (keys.stream().noneMatch(k -> k.id() == id)) {
        table.problem(key, "there is no key %d in the file that [keys] names".formatted(id));
      }
    }
  }

  /** The identifier that a table names, which must be one of these; 0 if it names none. */
  int identifierIn(Table table, Key<Integer> key) {
    int id = table.get(key);
    if (id != 0) {
      refuseUnknown(table, key.name(), List.of(id));
    }
    return id;
  }

  /** All, or those with one of these identifiers. */
  public List<SymmetricKey> accepted(Optional<List<Integer>> ids) {
    return keys.stream().filter(key -> ids.isEmpty() || ids.get().contains(key.wireId())).toList();
  }

  /**
   * Reads the table and the file that it names.
   *
   * @param problems takes what is wrong in the key file, with its own lines
   */
  static KeySettings read(Optional<Table> table, List<Problem> problems) {
    if (table.isEmpty()) {
      return NONE;
    }
    table.get().refuseAllBut(KEYS);
    return table.get().require(FILE).map(file -> read(table.get(), file, problems)).orElse(NONE);
  }

  private static KeySettings read(Table table, String name, List<Problem> problems) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new IOException("this is not a regular file");
      }
      if (Files.size(path) > MOST_OCTETS) {
        throw new IOException("larger than 1 MiB, so hardly a key file");
      }
      refuseOpenToOthers(path);
      KeyFile file = KeyFile.parse(Files.readString(path));
      for (KeyFile.Remark remark : file.problems()) {
        problems.add(new Problem(name, remark.line(), 1, remark.sentence()));
      }
      return new KeySettings(
          file.keys(),
          file.warnings().stream().map(r -> name + ":" + r.line() + ": " + r.sentence()).toList());
    } catch (NoSuchFileException e) {
      table.problem(FILE.name(), "%s: there is no such file".formatted(name));
    } catch (AccessDeniedException e) {
      table.problem(
          FILE.name(),
          "%s: permission denied; the user '%s' must be able to read it"
              .formatted(name, System.getProperty("user.name")));
    } catch (CharacterCodingException e) {
      table.problem(FILE.name(), "%s: this is not UTF-8 text".formatted(name));
    } catch (IOException e) {
      table.problem(FILE.name(), "%s: %s".formatted(name, e.getMessage()));
    }
    return NONE;
  }

  private static void refuseOpenToOthers(Path path) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    if (mode.contains(PosixFilePermission.OTHERS_READ)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "its mode is %s, so everybody on this machine has the keys; chmod 640 it, and make new keys"
              .formatted(PosixFilePermissions.toString(mode)));
    }
  }
}
