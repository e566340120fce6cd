package org.timeball.server;

import java.lang.System.Logger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.timeball.platform.service.Realtime;
import org.timeball.server.config.SchedulingSettings;

/**
 * Has the kernel serve the threads that time depends on before others, and keep their memory in.
 * Where that is not allowed the log says so once. Safe for several threads.
 */
public final class Urgency {
  private static final Logger LOG = System.getLogger("timeball");

  private final int priority;
  private final boolean lockMemory;
  private String inForce = "ordinary";
  private String said = "";

  private Urgency(int priority, boolean lockMemory) {
    this.priority = priority;
    this.lockMemory = lockMemory;
  }

  /** Leaves everything as it is. */
  public static Urgency none() {
    return new Urgency(0, false);
  }

  /** As the operator wants it. */
  public static Urgency of(SchedulingSettings settings) {
    return new Urgency(settings.priority(), settings.lockMemory());
  }

  /**
   * Sees to the threads that there are now. To be called again when there may be new ones.
   *
   * <p>Pulses and sentences come before the brain, and the brain before clients: a flood of
   * requests must not keep it from the clock.
   */
  synchronized void apply() {
    Optional<String> unscheduled =
        priority == 0
            ? Optional.empty()
            : Realtime.scheduleThreads(
                Map.of("respond", priority, "brain", priority + 1, "line-", priority + 2));
    Optional<String> unlocked = lockMemory ? Realtime.lockMemory() : Optional.empty();
    inForce =
        "%s, %s"
            .formatted(
                priority > 0 && unscheduled.isEmpty()
                    ? "real-time priority %d for clients, %d for the clock, %d for lines"
                        .formatted(priority, priority + 1, priority + 2)
                    : "ordinary priority",
                lockMemory && unlocked.isEmpty() ? "memory locked" : "memory not locked");
    String refusals =
        String.join(" ", List.of(unscheduled.orElse(""), unlocked.orElse(""))).strip();
    if (!refusals.equals(said)) {
      said = refusals;
      if (!refusals.isEmpty()) {
        LOG.log(Logger.Level.INFO, "scheduling: {0}", refusals);
      }
    }
  }

  /** What is in force, in words. */
  synchronized String inForce() {
    return inForce;
  }
}
