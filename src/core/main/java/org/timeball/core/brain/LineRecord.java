package org.timeball.core.brain;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ReceiverHealth;

/** What has come over one line, good or not. */
final class LineRecord {
  /** Kinds of rejection told apart; a driver that invents more has its rest counted together. */
  private static final int MOST_REASONS = 32;

  private final String name;
  private final Map<String, Long> rejected = new TreeMap<>();
  private Optional<Boolean> up = Optional.empty();
  private String reason = "";
  private Optional<ReceiverHealth> health = Optional.empty();
  private long octets;
  private long labels;
  private long pulses;
  private boolean heard;
  private long lastHeardRaw;

  LineRecord(String name) {
    this.name = name;
  }

  void onLine(Event.Line line, Notices notices) {
    boolean changed = up.isEmpty() || up.get() != line.up();
    up = Optional.of(line.up());
    reason = line.reason();
    if (changed && line.up()) {
      notices.info("%s: line open%s", name, reason.isEmpty() ? "" : ": " + reason);
    } else if (changed) {
      notices.warning("%s: %s", name, reason.isEmpty() ? "line lost" : reason);
    }
  }

  void onOctets(long count, long nowRaw) {
    octets += count;
    hear(nowRaw);
  }

  void onLabel(long nowRaw) {
    labels++;
    hear(nowRaw);
  }

  void onPulse(long nowRaw) {
    pulses++;
    hear(nowRaw);
  }

  void onHealth(ReceiverHealth newHealth) {
    health = Optional.of(newHealth);
  }

  void onRejected(Event.Rejected rejection, Notices notices) {
    String counted =
        rejected.containsKey(rejection.reason()) || rejected.size() < MOST_REASONS
            ? rejection.reason()
            : "other";
    if (rejected.merge(counted, 1L, Long::sum) == 1) {
      notices.info(
          "%s: first %s%s; more are only counted",
          name, counted, rejection.detail().isEmpty() ? "" : ": " + rejection.detail());
    }
  }

  private void hear(long nowRaw) {
    heard = true;
    lastHeardRaw = nowRaw;
  }

  String name() {
    return name;
  }

  Optional<Boolean> up() {
    return up;
  }

  String reason() {
    return reason;
  }

  Map<String, Long> rejected() {
    return rejected;
  }

  Optional<ReceiverHealth> health() {
    return health;
  }

  long octets() {
    return octets;
  }

  long labels() {
    return labels;
  }

  long pulses() {
    return pulses;
  }

  OptionalDouble sinceHeardSeconds(long nowRaw) {
    return heard ? OptionalDouble.of((nowRaw - lastHeardRaw) * 1e-9) : OptionalDouble.empty();
  }
}
