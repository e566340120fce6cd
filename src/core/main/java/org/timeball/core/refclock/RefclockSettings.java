package org.timeball.core.refclock;

import java.util.OptionalDouble;

/**
 * One reference clock as a source of samples.
 *
 * @param name of the source, for people
 * @param labels name of the refclock whose labels say which second it is; empty if none do
 * @param pulses name of the refclock whose pulses begin the seconds; empty if there are none
 * @param labelLateness seconds from the second to the start of its sentence, if the operator knows;
 *     otherwise it is learned
 * @param pulseDelay seconds from the second to the stamp of its pulse: cable, interrupt; taken out
 * @param pulseUncertainty seconds by which all pulses together may be wrong in the same direction
 * @param floorUnixNanos no label before this moment is believed: when this program was built, or
 *     later
 */
public record RefclockSettings(
    String name,
    String labels,
    String pulses,
    OptionalDouble labelLateness,
    double pulseDelay,
    double pulseUncertainty,
    long floorUnixNanos) {

  public RefclockSettings {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a refclock needs a name");
    }
    if (labelLateness.isPresent() && !(Math.abs(labelLateness.getAsDouble()) < 2)) {
      throw new IllegalArgumentException(
          name + ": label lateness " + labelLateness.getAsDouble() + " s is not within 2 s");
    }
    if (!(Math.abs(pulseDelay) < 0.5)) {
      throw new IllegalArgumentException(
          name + ": pulse delay " + pulseDelay + " s is not within half a second");
    }
    if (!(pulseUncertainty >= 0 && pulseUncertainty < 0.5)) {
      throw new IllegalArgumentException(
          name + ": pulse uncertainty " + pulseUncertainty + " s is outside 0 to 0.5 s");
    }
  }

  /** A receiver whose labels and pulses come by the two named refclocks, all else by default. */
  public static RefclockSettings of(String name, String labels, String pulses, long floor) {
    return new RefclockSettings(name, labels, pulses, OptionalDouble.empty(), 0, 1e-6, floor);
  }

  boolean hasPulses() {
    return !pulses.isEmpty();
  }
}
