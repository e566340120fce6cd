package org.timeball.core.refclock;

import java.util.HashMap;
import java.util.Map;
import org.timeball.core.Event;
import org.timeball.time.UtcTime;

/**
 * Judges whether the labels of one receiver run as time runs. A label is believed only when it and
 * the one before it of the same kind are as far apart in what they say as in when they arrived.
 */
final class LabelStream {
  /** Seconds: sentences wander within their second, a missing or repeated one is further out. */
  private static final double REGULARITY = 0.35;

  private static final double SECONDS_PER_NANO = 1e-9;

  private final long floorUnixNanos;
  private final Map<String, Event.Label> lastOfKind = new HashMap<>();

  LabelStream(long floorUnixNanos) {
    this.floorUnixNanos = floorUnixNanos;
  }

  /** What is to be thought of one label. */
  enum Finding {
    /** It advanced from the one before as time did. */
    COHERENT(""),
    /** Nothing to compare it with. */
    FIRST("the first of its kind"),
    NOT_VOUCHED("the receiver has no fix"),
    BEFORE_FLOOR("dated before this program was built"),
    REPEATED("the same second again"),
    BACKWARDS("time went backwards"),
    BURST("came faster than time: stale, or piled up unread"),
    IRREGULAR("skipped or jumped");

    private final String sentence;

    Finding(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  Finding judge(Event.Label label) {
    if (!label.vouched()) {
      lastOfKind.remove(label.kind());
      return Finding.NOT_VOUCHED;
    }
    if (label.utc().unixNanos() < floorUnixNanos) {
      lastOfKind.remove(label.kind());
      return Finding.BEFORE_FLOOR;
    }
    Event.Label previous = lastOfKind.put(label.kind(), label);
    return previous == null ? Finding.FIRST : compare(previous, label);
  }

  /** The line was lost: what comes next is not a continuation. */
  void reset() {
    lastOfKind.clear();
  }

  private static Finding compare(Event.Label previous, Event.Label label) {
    double said = elapsed(previous.utc(), label.utc());
    double arrived = (label.startRawNanos() - previous.startRawNanos()) * SECONDS_PER_NANO;
    if (said == 0) {
      return Finding.REPEATED;
    }
    if (said < 0) {
      return Finding.BACKWARDS;
    }
    if (Math.abs(said - arrived) <= REGULARITY) {
      return Finding.COHERENT;
    }
    return arrived < said && said < 600 ? Finding.BURST : Finding.IRREGULAR;
  }

  /** Seconds between two labels, counting the leap second if they name it. */
  private static double elapsed(UtcTime from, UtcTime to) {
    double seconds = (to.unixNanos() - from.unixNanos()) * SECONDS_PER_NANO;
    return from.leapSecond() && !to.leapSecond() ? seconds + 1 : seconds;
  }
}
