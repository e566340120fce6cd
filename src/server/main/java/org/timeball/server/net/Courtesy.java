package org.timeball.server.net;

import org.timeball.platform.service.Realtime;

/**
 * Real-time scheduling is for a thread that mostly waits. One that never does would keep everything
 * else from its processor: other programs, and Java's compiler, whose work is to make this very
 * thread faster. So a thread gives its priority up while it has more to do than it can, and takes
 * it again afterwards. Belongs to that thread.
 *
 * <p>Priorities are given to threads by their names, at the start and after each reload, by one who
 * does not know which of them have stepped back. So a thread that has looks now and then whether it
 * was called forward, and steps back again.
 */
final class Courtesy {
  /** Batches between two looks: a thread runs before all others for some milliseconds at most. */
  static final int BETWEEN_LOOKS = 64;

  private final Overload overload = new Overload();
  private final Scheduling scheduling;
  private boolean steppedBack;
  private int priority;
  private int batches;

  /** How the kernel schedules the calling thread; see {@link Realtime}. */
  interface Scheduling {
    /** {@link Realtime#stepBack}. */
    int stepBack();

    /** {@link Realtime#stepForward}. */
    boolean stepForward(int priority);
  }

  Courtesy() {
    this(
        new Scheduling() {
          @Override
          public int stepBack() {
            return Realtime.stepBack();
          }

          @Override
          public boolean stepForward(int priority) {
            return Realtime.stepForward(priority);
          }
        });
  }

  Courtesy(Scheduling scheduling) {
    this.scheduling = scheduling;
  }

  /** Whether there is more to do than the thread can, and has been for a while. */
  boolean isOverloaded() {
    return steppedBack;
  }

  /** Takes note of a batch; {@code queueEmptied} as {@link Overload#after} has it. */
  void after(boolean queueEmptied) {
    boolean overloaded = overload.after(queueEmptied);
    if (overloaded) {
      stayBack();
    } else if (steppedBack) {
      comeForward();
    }
    steppedBack = overloaded;
  }

  private void stayBack() {
    if (batches++ % BETWEEN_LOOKS == 0) {
      int had = scheduling.stepBack();
      priority = had > 0 ? had : priority;
    }
  }

  private void comeForward() {
    if (priority > 0) {
      scheduling.stepForward(priority);
    }
    priority = 0;
    batches = 0;
  }
}
