package org.timeball.platform.service;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.Optional;
import org.timeball.platform.linux.Libc;
import org.timeball.platform.linux.LinuxError;
import org.timeball.platform.process.Capabilities;
import org.timeball.platform.process.Capability;

/**
 * Asks the kernel to serve our threads first and to keep our memory in. Both are refinements: where
 * they are not allowed, the answer says so in a sentence and everything else works.
 */
public final class Realtime {
  private static final int SCHED_FIFO = 1;
  private static final int CALLING_THREAD = 0;
  private static final int SCHED_PARAM_OCTETS = 4;

  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;

  /** Locks what is used and not what is only reserved, of which a Java machine has plenty. */
  private static final int MCL_ONFAULT = 4;

  private Realtime() {}

  /**
   * Puts the calling thread before every ordinary one.
   *
   * @param priority 1 to 99; a thread that never blocks at such a priority stops the machine
   * @return why not, if it was refused
   */
  public static Optional<String> scheduleThisThread(int priority) {
    if (priority < 1 || priority > 99) {
      throw new IllegalArgumentException("real-time priority " + priority + " is outside 1 to 99");
    }
    try (Memory parameter = new Memory(SCHED_PARAM_OCTETS)) {
      parameter.setInt(0, priority);
      Libc.sched_setscheduler(CALLING_THREAD, SCHED_FIFO, parameter);
      return Optional.empty();
    } catch (LastErrorException e) {
      return Optional.of(
          "no real-time scheduling: "
              + LinuxError.describe(e)
              + ". Under systemd the unit needs LimitRTPRIO="
              + priority
              + "; without it time stamps taken in Java wait for their turn on a busy machine.");
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
