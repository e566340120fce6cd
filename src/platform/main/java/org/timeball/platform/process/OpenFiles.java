package org.timeball.platform.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who has what open. Sees the processes of other users only as root; what it may not look at is
 * left out.
 */
public final class OpenFiles {
  private final Path proc;

  public OpenFiles() {
    this(Path.of("/proc"));
  }

  /** For a {@code /proc} that is elsewhere. */
  public OpenFiles(Path proc) {
    this.proc = proc;
  }

  /** Processes other than this one that have the device open, whatever name they opened it by. */
  public List<ProcessName> holdersOf(Path device) {
    Path real;
    try {
      real = device.toRealPath();
    } catch (IOException e) {
      return List.of();
    }
    long self = ProcessHandle.current().pid();
    return holders(target -> target.equals(real.toString())).stream()
        .filter(process -> process.pid() != self)
        .toList();
  }

  /** Processes that have a socket with one of these inode numbers. */
  List<ProcessName> holdersOfSockets(List<Long> inodes) {
    List<String> targets = inodes.stream().map(inode -> "socket:[" + inode + "]").toList();
    return holders(targets::contains);
  }

  /** All processes. */
  public List<ProcessName> processes() {
    List<ProcessName> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path entry : entries) {
        found.add(new ProcessName(Long.parseLong(entry.getFileName().toString()), nameOf(entry)));
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  /** The words that a process was started with; empty if it has ended. */
  public List<String> arguments(ProcessName process) {
    try {
      String line = Files.readString(proc.resolve(Long.toString(process.pid())).resolve("cmdline"));
      return List.of(line.split("\0", -1));
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<ProcessName> holders(Predicate<String> targetMatches) {
    return processes().stream()
        .filter(process -> hasOpen(proc.resolve(Long.toString(process.pid())), targetMatches))
        .toList();
  }

  private static boolean hasOpen(Path process, Predicate<String> targetMatches) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (targetMatches.test(targetOf(descriptor))) {
          return true;
        }
      }
    } catch (IOException e) {
      // Not ours to look at, or it has just ended.
      return false;
    }
    return false;
  }

  private static String targetOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String nameOf(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "?";
    }
  }
}
