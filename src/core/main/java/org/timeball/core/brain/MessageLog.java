package org.timeball.core.brain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.timeball.core.Action;
import org.timeball.core.control.StatusReport;

/** The last notices, for status. */
final class MessageLog {
  /** Chosen: two screens. */
  private static final int KEPT = 50;

  private final Deque<StatusReport.Message> last = new ArrayDeque<>();

  void add(long rawNanos, Action.Notice notice) {
    last.addLast(new StatusReport.Message(rawNanos, notice.level(), notice.sentence()));
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  List<StatusReport.Message> all() {
    return List.copyOf(last);
  }
}
