package org.timeball.server.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.timeball.sim.receiver.Burst;
import org.timeball.sim.receiver.ReceiverSecond;

/** What a receiver does about one second, in the order in which it happens. */
final class SecondSchedule {
  /** Half of a UART's buffer of 16, which is when most raise their interrupt. */
  private static final int CHUNK_OCTETS = 8;

  private final List<Step> steps = new ArrayList<>();

  /** One thing that happens, in nanoseconds after the beginning of the second. */
  sealed interface Step {
    long atNanos();

    /** The pulse line changes. */
    record PulseEdge(long atNanos, boolean rising) implements Step {}

    /** Octets have arrived at the far end of the serial line, the last of them just now. */
    record Octets(long atNanos, Burst burst, int from, int until) implements Step {
      byte[] octets() {
        return burst.octets(from, until);
      }
    }
  }

  SecondSchedule(ReceiverSecond second) {
    second
        .pulse()
        .ifPresent(pulse -> {
          steps.add(new Step.PulseEdge(pulse.risingNanos(), true));
          steps.add(new Step.PulseEdge(pulse.fallingNanos(), false));
        });
    second.burst().ifPresent(this::add);
    steps.sort(Comparator.comparingLong(Step::atNanos));
  }

  private void add(Burst burst) {
    for (int from = 0; from < burst.length(); from += CHUNK_OCTETS) {
      int until = Math.min(from + CHUNK_OCTETS, burst.length());
      steps.add(new Step.Octets(burst.arrivalNanos(until - 1), burst, from, until));
    }
  }

  List<Step> steps() {
    return steps;
  }
}
