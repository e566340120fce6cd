package org.timeball.core.brain;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.leap.LeapPlan;
import org.timeball.core.refclock.LearnedLateness;
import org.timeball.core.refclock.Reckoning;
import org.timeball.core.source.RefclockSource;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.SourceState;

/**
 * The reference clocks and the lines that they speak on: what comes over a line is recorded, and
 * goes to the sources that listen to it. Belongs to the brain's thread.
 */
final class Receivers {
  private final BrainSettings settings;
  private final List<LearnedLateness> learnedBefore;
  private final LeapPlan leapPlan;
  private final LongFunction<Optional<Reckoning>> reckoning;
  private final Notices notices;
  private final Map<String, LineRecord> lines = new LinkedHashMap<>();
  private List<RefclockSource> sources;
  private long ignoreBeforeRaw;

  /**
   * Those of the settings.
   *
   * @param learnedBefore what an earlier run found out about them
   * @param reckoning what the brain believes of time at a raw moment
   */
  Receivers(
      BrainSettings settings,
      List<LearnedLateness> learnedBefore,
      LeapPlan leapPlan,
      LongFunction<Optional<Reckoning>> reckoning,
      Notices notices) {
    this.settings = settings;
    this.learnedBefore = learnedBefore;
    this.leapPlan = leapPlan;
    this.reckoning = reckoning;
    this.notices = notices;
    sources = settings.sources().stream().map(this::refclock).toList();
  }

  private RefclockSource refclock(SourceSettings source) {
    return new RefclockSource(
        source, learnedBefore, settings.jumpConfirmation(), settings.largestJump(), notices);
  }

  /** Others from now on. Those whose settings are as they were keep what they know. */
  void change(List<SourceSettings> after) {
    Map<SourceSettings, RefclockSource> before = new HashMap<>();
    sources.forEach(s -> before.put(s.settings(), s));
    sources = after.stream().map(s -> before.containsKey(s) ? before.get(s) : refclock(s)).toList();
    lines.keySet().removeIf(line -> listeners(line).isEmpty());
  }

  /** In the order of the configuration. */
  List<RefclockSource> sources() {
    return sources;
  }

  /** What came over each line, in the order in which they were heard first. */
  Collection<LineRecord> lines() {
    return lines.values();
  }

  /** What is worth keeping across a restart. */
  List<LearnedLateness> learned() {
    return sources.stream().flatMap(s -> s.refclock().learned().stream()).toList();
  }

  /**
   * Those that were refused because they jumped away from what was known may prove themselves like
   * one that is heard for the first time, since nothing is known any more. True if there was one.
   */
  boolean startAnewIfJumped(long raw) {
    List<RefclockSource> jumped =
        sources.stream().filter(s -> s.state(raw) == SourceState.JUMPED).toList();
    for (RefclockSource s : jumped) {
      s.forgetPhase();
      notices.error(
          "%s: it says another time than was known, and what was known is lost; it will be followed"
              + " if it proves itself anew. Compare with another clock",
          s.name());
    }
    return !jumped.isEmpty();
  }

  /** What was measured before that moment is of a clock that has been moved since. */
  void ignoreBefore(long raw) {
    ignoreBeforeRaw = raw;
  }

  /** True if a belief has changed. */
  boolean onLabel(Event.Label label, long raw) {
    line(label.refclock()).onLabel(raw);
    boolean changed = false;
    if (label.startRawNanos() >= ignoreBeforeRaw) {
      for (RefclockSource s : listeners(label.refclock())) {
        if (label.vouched()) {
          leapPlan.announce(s.name() + " " + label.kind(), label.leap());
        }
        changed |= s.onLabel(label, reckoning.apply(label.startRawNanos()));
      }
    }
    return changed;
  }

  /** True if a belief has changed. */
  boolean onPulse(Event.Pulse pulse, long raw) {
    line(pulse.refclock()).onPulse(raw);
    boolean changed = false;
    if (pulse.rawNanos() >= ignoreBeforeRaw) {
      for (RefclockSource s : listeners(pulse.refclock())) {
        changed |= s.onPulse(pulse, reckoning.apply(pulse.rawNanos()));
      }
    }
    return changed;
  }

  /** True if a belief has changed. */
  boolean onSample(Event.Sample sample, long raw) {
    line(sample.refclock()).onLabel(raw);
    boolean changed = false;
    if (sample.rawNanos() >= ignoreBeforeRaw) {
      for (RefclockSource s : listeners(sample.refclock())) {
        leapPlan.announce(s.name(), sample.leap());
        changed |= s.onSample(sample);
      }
    }
    return changed;
  }

  void onHealth(Event.Health health) {
    line(health.refclock()).onHealth(health.health());
  }

  void onLine(Event.Line change) {
    line(change.refclock()).onLine(change, notices);
    listeners(change.refclock()).forEach(s -> s.onLine(change));
  }

  void onOctets(Event.Octets octets, long raw) {
    line(octets.refclock()).onOctets(octets.count(), raw);
  }

  void onRejected(Event.Rejected rejected) {
    line(rejected.refclock()).onRejected(rejected, notices);
  }

  private List<RefclockSource> listeners(String refclock) {
    return sources.stream().filter(s -> s.listensTo(refclock)).toList();
  }

  private LineRecord line(String refclock) {
    return lines.computeIfAbsent(refclock, LineRecord::new);
  }
}
