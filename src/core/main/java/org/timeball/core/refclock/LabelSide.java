package org.timeball.core.refclock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.timeball.core.Event;

/** The labels of one receiver: whether they are believed, and how late each kind is. */
final class LabelSide {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Coherent labels in a row after which a receiver's fix is believed again. */
  private static final int FIX_AFTER = 3;

  /** Two kinds belong to the same second's burst if they came within so many seconds. */
  private static final double FRESH = 3;

  private final RefclockSettings settings;
  private final List<LearnedLateness> restored;
  private final LabelStream stream;
  private final Map<String, KindLateness> kinds = new TreeMap<>();
  private LabelStream.Finding lastFinding = LabelStream.Finding.FIRST;
  private boolean heard;
  private long lastHeardRaw;
  private boolean everCoherent;
  private long lastCoherentRaw;
  private int coherentInRow;
  private boolean fixDenied;
  private long refused;

  LabelSide(RefclockSettings settings, List<LearnedLateness> restored) {
    this.settings = settings;
    this.restored = restored;
    this.stream = new LabelStream(settings.floorUnixNanos());
  }

  /** Takes a label in; its kind if it is to be believed. */
  Optional<KindLateness> believe(Event.Label label) {
    heard = true;
    lastHeardRaw = label.endRawNanos();
    lastFinding = stream.judge(label);
    if (lastFinding == LabelStream.Finding.NOT_VOUCHED) {
      fixDenied = true;
    }
    if (lastFinding != LabelStream.Finding.COHERENT) {
      coherentInRow = 0;
      if (lastFinding != LabelStream.Finding.FIRST) {
        refused++;
      }
      return Optional.empty();
    }
    everCoherent = true;
    lastCoherentRaw = label.endRawNanos();
    if (++coherentInRow >= FIX_AFTER) {
      fixDenied = false;
    }
    KindLateness kind = kinds.computeIfAbsent(label.kind(), this::newKind);
    kind.seen(label.startRawNanos(), label.endRawNanos(), label.utc().unixNanos());
    return Optional.of(kind);
  }

  private KindLateness newKind(String kind) {
    return new KindLateness(
        settings.labelLateness(),
        restored.stream()
            .filter(l -> l.refclock().equals(settings.labels()) && l.kind().equals(kind))
            .findFirst());
  }

  /**
   * Whether nothing of the same burst came before it. Only the first sentence of a burst may be
   * taken to belong to the pulse just gone: a later one may have spilled over into the next second.
   */
  private boolean isEarliest(KindLateness kind) {
    for (KindLateness other : kinds.values()) {
      boolean fresh =
          Math.abs(other.lastStartRawNanos() - kind.lastStartRawNanos()) < FRESH * NANOS_PER_SECOND;
      if (fresh && other.lastBaseNanos() < kind.lastBaseNanos() - NANOS_PER_SECOND / 2) {
        return false;
      }
    }
    return true;
  }

  /** How late a kind is, if that is settled and says which pulse its labels mean. */
  OptionalDouble votingLateness(KindLateness kind) {
    return kind.settled() == KindLateness.Settled.ARRIVAL && !isEarliest(kind)
        ? OptionalDouble.empty()
        : kind.lateness();
  }

  void lineLost() {
    stream.reset();
    coherentInRow = 0;
  }

  void forgetPulses() {
    kinds.values().forEach(KindLateness::forgetPulses);
  }

  /** Whether the receiver's last word was that it has no fix. */
  boolean isFixDenied() {
    return fixDenied;
  }

  boolean heardWithin(long nowRaw, double seconds) {
    return heard && nowRaw - lastHeardRaw < seconds * NANOS_PER_SECOND;
  }

  boolean coherentWithin(long nowRaw, double seconds) {
    return everCoherent && nowRaw - lastCoherentRaw < seconds * NANOS_PER_SECOND;
  }

  int coherentInRow() {
    return coherentInRow;
  }

  LabelStream.Finding lastFinding() {
    return lastFinding;
  }

  /** Labels that were not believed. */
  long refused() {
    return refused;
  }

  Map<String, KindLateness> kinds() {
    return kinds;
  }

  /** What is worth keeping of every kind seen now or in an earlier run. */
  List<LearnedLateness> learned() {
    List<LearnedLateness> all = new ArrayList<>();
    kinds.forEach((name, kind) -> kind.learned(settings.labels(), name).ifPresent(all::add));
    for (LearnedLateness old : restored) {
      if (old.refclock().equals(settings.labels()) && !kinds.containsKey(old.kind())) {
        all.add(old);
      }
    }
    return all;
  }
}
