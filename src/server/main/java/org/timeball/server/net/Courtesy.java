package org.timeball.server.net;

import org.timeball.platform.service.Realtime;

/**
 * Real-time scheduling is for a thread that mostly waits. One that never does would keep everything
 * else from its processor: other programs, and Java's compiler, whose work is to make this very
 * thread faster. So a thread gives its priority up while it has more to do than it can, and takes
 * it again afterwards. Belongs to that thread.
 */
final class Courtesy {
  private final Overload overload = new Overload();
  private boolean steppedBack;
  private int priority;

  /** Whether there is more to do than the thread can, and has been for a while. */
  boolean isOverloaded() {
    return steppedBack;
  }

  /** Takes note of a batch; {@code queueEmptied} as {@link Overload#after} has it. */
  void after(boolean queueEmptied) {
    boolean overloaded = overload.after(queueEmptied);
    if (overloaded && !steppedBack) {
      priority = Realtime.stepBack();
    } else if (!overloaded && steppedBack && priority > 0) {
      Realtime.stepForward(priority);
    }
    steppedBack = overloaded;
  }
}
