package org.timeball.platform.service;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.platform.linux.Libc;
import org.timeball.platform.linux.LinuxError;
import org.timeball.platform.process.Capabilities;
import org.timeball.platform.process.Capability;

/**
 * Asks the kernel to serve our threads first and to keep our memory in. Both are refinements: where
 * they are not allowed, the answer says so in a sentence and everything else works.
 */
public final class Realtime {
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_FIFO = 1;
  private static final int SCHED_PARAM_OCTETS = 4;

  /** As the kernel takes it where the id of a thread is wanted. */
  private static final int THIS_THREAD = 0;

  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;

  /** Locks what is used and not what is only reserved, of which a Java machine has plenty. */
  private static final int MCL_ONFAULT = 4;

  /**
   * The kernel keeps fifteen characters of a name; which of a longer one is up to the Java machine,
   * but the first seven are always among them.
   */
  public static final int SURE_CHARACTERS = 7;

  private static final Path THREADS = Path.of("/proc/self/task");

  private Realtime() {}

  /**
   * Puts threads of this process before every ordinary one. They are found by their names, so that
   * a thread need not know how important it is. The kernel keeps a twentieth of each processor's
   * time for others, whatever these threads do (sched_rt_runtime_us).
   *
   * @param priorityByName first characters of a thread's name, at most {@link #SURE_CHARACTERS},
   *     and its priority from 1 to 99. Of two threads the one of the higher priority goes first
   * @return why not, if it was refused
   */
  public static Optional<String> scheduleThreads(Map<String, Integer> priorityByName) {
    int highest = 0;
    for (Map.Entry<String, Integer> entry : priorityByName.entrySet()) {
      if (entry.getValue() < 1 || entry.getValue() > 99) {
        throw new IllegalArgumentException(
            "real-time priority " + entry.getValue() + " is outside 1 to 99");
      }
      if (entry.getKey().length() > SURE_CHARACTERS) {
        throw new IllegalArgumentException(
            "'%s' is longer than the %d characters of a name that the kernel is sure to have"
                .formatted(entry.getKey(), SURE_CHARACTERS));
      }
      highest = Math.max(highest, entry.getValue());
    }
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS);
        Memory parameter = new Memory(SCHED_PARAM_OCTETS)) {
      for (Path thread : threads) {
        OptionalInt priority = priorityOf(nameOf(thread), priorityByName);
        if (priority.isPresent()) {
          parameter.setInt(0, priority.getAsInt());
          Libc.sched_setscheduler(
              Integer.parseInt(thread.getFileName().toString()), SCHED_FIFO, parameter);
        }
      }
      return Optional.empty();
    } catch (LastErrorException e) {
      return Optional.of(
          "no real-time scheduling: %s. Under systemd the unit needs LimitRTPRIO=%d or more; without"
                  .formatted(LinuxError.describe(e), highest)
              + " it replies wait for their turn on a busy machine.");
    } catch (IOException e) {
      return Optional.of("no real-time scheduling: " + e.getMessage());
    }
  }

  /**
   * Makes the calling thread an ordinary one.
   *
   * @return the real-time priority that it had, 0 if it was ordinary before
   */
  public static int stepBack() {
    try {
      // Asked again and again by a thread in haste: no memory is taken for the usual answer.
      return Libc.sched_getscheduler(THIS_THREAD) == SCHED_FIFO ? stepBackFromRealtime() : 0;
    } catch (LastErrorException e) {
      // A filter of system calls may forbid even this; then the thread stays what it is.
      return 0;
    }
  }

  private static int stepBackFromRealtime() {
    try (Memory parameter = new Memory(SCHED_PARAM_OCTETS)) {
      Libc.sched_getparam(THIS_THREAD, parameter);
      int priority = parameter.getInt(0);
      parameter.setInt(0, 0);
      Libc.sched_setscheduler(THIS_THREAD, SCHED_OTHER, parameter);
      return priority;
    }
  }

  /**
   * Gives the calling thread the priority back that {@link #stepBack} took.
   *
   * @return whether it has it; rights to it may have been taken away meanwhile
   */
  public static boolean stepForward(int priority) {
    try (Memory parameter = new Memory(SCHED_PARAM_OCTETS)) {
      parameter.setInt(0, priority);
      Libc.sched_setscheduler(THIS_THREAD, SCHED_FIFO, parameter);
      return true;
    } catch (LastErrorException e) {
      return false;
    }
  }

  private static OptionalInt priorityOf(String name, Map<String, Integer> priorityByName) {
    return priorityByName.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .findFirst();
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      // It ended while we looked round.
      return "";
    }
  }

  /**
   * Keeps the memory that is in use from being swapped out.
   *
   * @return why not, if it was refused
   */
  public static Optional<String> lockMemory() {
    Capabilities capabilities = Capabilities.ofThisProcess();
    if (!capabilities.has(Capability.IPC_LOCK) && !capabilities.lockedMemoryIsUnlimited()) {
      // The kernel would accept it now, and then refuse the Java machine its next allocation.
      return Optional.of(
          "memory is not locked: the limit on locked memory is too low. Under systemd the unit"
              + " needs LimitMEMLOCK=infinity.");
    }
    try {
      Libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
      return Optional.empty();
    } catch (LastErrorException e) {
      return Optional.of("memory is not locked: " + LinuxError.describe(e));
    }
  }
}
