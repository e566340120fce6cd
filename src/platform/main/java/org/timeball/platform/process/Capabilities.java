package org.timeball.platform.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process may do, as {@code /proc/self} shows it.
 *
 * @param effective bits of the effective set
 * @param lockedMemoryIsUnlimited whether it may lock as much memory as it has
 */
public record Capabilities(long effective, boolean lockedMemoryIsUnlimited) {
  /** Of this process. */
  public static Capabilities ofThisProcess() {
    return of(Path.of("/proc/self"));
  }

  /**
   * Of any process.
   *
   * @param process such as {@code /proc/self}
   */
  public static Capabilities of(Path process) {
    long effective =
        lines(process.resolve("status")).stream()
            .filter(line -> line.startsWith("CapEff:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElse(0);
    boolean unlimited =
        lines(process.resolve("limits")).stream()
            .anyMatch(line -> line.matches("Max locked memory\\s+unlimited.*"));
    return new Capabilities(effective, unlimited);
  }

  /** Whether it has this privilege. */
  public boolean has(Capability capability) {
    return (effective & capability.mask()) != 0;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
