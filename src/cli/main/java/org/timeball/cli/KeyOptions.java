package org.timeball.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that ask servers with a key, or without. */
final class KeyOptions {
  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "Seal requests with this key, and believe no answer without it.")
  private long key;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Where the key stands; a file as chrony and ntpd write it.")
  private Path keyFile;

  /** Whether any of them was given. */
  boolean given() {
    return key != 0 || keyFile != null;
  }

  /** Reads the key. */
  QueryKey open() throws CommandFailure {
    return QueryKey.open(key, Optional.ofNullable(keyFile));
  }
}
