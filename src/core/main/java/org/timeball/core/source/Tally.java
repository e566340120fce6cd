package org.timeball.core.source;

import java.util.Map;
import java.util.TreeMap;

/** What was sent to one server, and what came of it. Belongs to one thread. */
public final class Tally {
  private final Map<String, Long> dropped = new TreeMap<>();
  private long asked;
  private long used;
  private long outliers;

  void ask() {
    asked++;
  }

  void use() {
    used++;
  }

  void leaveOut() {
    outliers++;
  }

  void drop(PacketTest failed) {
    dropped.merge(failed.label(), 1L, Long::sum);
  }

  void kiss(String code) {
    dropped.merge("kiss " + code, 1L, Long::sum);
  }

  /** Requests made. */
  public long asked() {
    return asked;
  }

  /** Packets that moved the belief. */
  public long used() {
    return used;
  }

  /** Good packets whose measurement was left out. */
  public long outliers() {
    return outliers;
  }

  /** What else came, counted by the test that it failed or the kiss code that it carried. */
  public Map<String, Long> dropped() {
    return Map.copyOf(dropped);
  }
}
