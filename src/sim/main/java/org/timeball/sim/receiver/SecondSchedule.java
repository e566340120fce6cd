package org.timeball.sim.receiver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a receiver does about one second, in the order in which it happens. */
public final class SecondSchedule {
  /** Half of a UART's buffer of 16, which is when most raise their interrupt. */
  private static final int CHUNK_OCTETS = 8;

  private final List<Step> steps = new ArrayList<>();

  /** One thing that happens, in nanoseconds after the beginning of the second. */
  public sealed interface Step {
    long atNanos();

    /** The pulse line changes. */
    record PulseEdge(long atNanos, boolean rising) implements Step {}

    /** Octets have arrived at the far end of the serial line, the last of them just now. */
    record Octets(long atNanos, Burst burst, int from, int until) implements Step {
      public byte[] octets() {
        return burst.octets(from, until);
      }
    }
  }

  public SecondSchedule(ReceiverSecond second) {
    second.pulse().ifPresent(this::add);
    second.echo().ifPresent(this::add);
    second.burst().ifPresent(this::add);
    steps.sort(Comparator.comparingLong(Step::atNanos));
  }

  private void add(PulseShape pulse) {
    steps.add(new Step.PulseEdge(pulse.risingNanos(), true));
    steps.add(new Step.PulseEdge(pulse.fallingNanos(), false));
  }

  private void add(Burst burst) {
    for (int from = 0; from < burst.length(); from += CHUNK_OCTETS) {
      int until = Math.min(from + CHUNK_OCTETS, burst.length());
      steps.add(new Step.Octets(burst.arrivalNanos(until - 1), burst, from, until));
    }
  }

  public List<Step> steps() {
    return steps;
  }
}
