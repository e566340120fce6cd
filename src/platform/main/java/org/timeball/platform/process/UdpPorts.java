package org.timeball.platform.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who listens on a UDP port, as {@code /proc/net/udp} and {@code udp6} show it. */
public final class UdpPorts {
  private static final int LOCAL_ADDRESS = 1;
  private static final int INODE = 9;

  private final Path proc;

  public UdpPorts() {
    this(Path.of("/proc"));
  }

  /** For a {@code /proc} that is elsewhere. */
  public UdpPorts(Path proc) {
    this.proc = proc;
  }

  /** Whether any socket has this port, whosever it is. */
  public boolean isTaken(int port) {
    return !inodes(port).isEmpty();
  }

  /** Its owners; those of other users only as root. */
  public List<ProcessName> holdersOf(int port) {
    List<Long> inodes = inodes(port);
    return inodes.isEmpty() ? List.of() : new OpenFiles(proc).holdersOfSockets(inodes);
  }

  private List<Long> inodes(int port) {
    List<Long> found = new ArrayList<>();
    for (String table : List.of("udp", "udp6")) {
      for (String line : lines(proc.resolve("net").resolve(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > INODE && fields[LOCAL_ADDRESS].endsWith(String.format(":%04X", port))) {
          found.add(Long.parseLong(fields[INODE]));
        }
      }
    }
    return found;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      // A machine without IPv6 has no such table.
      return List.of();
    }
  }
}
