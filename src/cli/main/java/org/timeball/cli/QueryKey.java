package org.timeball.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.AssociationSeal;
import org.timeball.server.query.QueryKeys;

/**
 * The key that questions are sealed with. For one thread.
 *
 * @param id as packets carry it; 0 for no key
 * @param keys hold it
 */
record QueryKey(int id, PacketKeys keys) {
  /**
   * Reads the key.
   *
   * @param id 0 for none
   */
  static QueryKey open(long id, Optional<Path> file) throws CommandFailure {
    if (id == 0 && file.isEmpty()) {
      return new QueryKey(0, PacketKeys.NONE);
    }
    if (id == 0 || file.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "--key and --key-file belong together");
    }
    KeyFile keys = read(file.get());
    SymmetricKey key =
        keys.keys().stream()
            .filter(k -> k.id() == id)
            .findFirst()
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.USAGE, "%s: there is no key %d".formatted(file.get(), id)));
    return new QueryKey(key.wireId(), QueryKeys.of(key));
  }

  AssociationSeal seal() {
    return new AssociationSeal(id, keys);
  }

  private static KeyFile read(Path file) throws CommandFailure {
    try {
      KeyFile keys = KeyFile.parse(Files.readString(file));
      if (!keys.problems().isEmpty()) {
        KeyFile.Remark first = keys.problems().getFirst();
        throw new CommandFailure(
            ExitCode.USAGE, "%s:%d: %s".formatted(file, first.line(), first.sentence()));
      }
      return keys;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.IO, "%s: %s".formatted(file, e.getMessage()));
    }
  }
}
