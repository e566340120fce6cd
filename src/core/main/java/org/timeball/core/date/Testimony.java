package org.timeball.core.date;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.timeball.core.ClockReading;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Fate;
import org.timeball.core.source.Reception;

/**
 * What one server said, and what it was worth. Times are seconds.
 *
 * @param server as the operator named it
 * @param address empty if its name could not be looked up
 * @param fate what selection made of it
 * @param reason the same in words
 * @param offset its time minus the clock
 * @param bound how wrong it may be, all the way to true time
 * @param delay of the best exchange
 * @param stratum its own; 0 if it gave no time
 * @param asked requests made
 * @param answered answers that passed all tests
 * @param dropped what else came, counted by packet test or kiss code
 */
public record Testimony(
    String server,
    String address,
    Fate fate,
    String reason,
    OptionalDouble offset,
    OptionalDouble bound,
    OptionalDouble delay,
    int stratum,
    int asked,
    int answered,
    Map<String, Long> dropped) {
  public Testimony {
    dropped = Map.copyOf(dropped);
  }

  /** Whether it is one of those whose word is taken. */
  public boolean agrees() {
    return fate == Fate.SELECTED || fate == Fate.TRUECHIMER;
  }

  static Testimony of(Witness witness, Candidate candidate, Fate fate, ClockReading now) {
    Optional<Reception.Exchange> best = witness.best();
    return new Testimony(
        witness.name(),
        witness.address(),
        fate,
        reason(witness, fate),
        best.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of((candidate.unixNanos() - now.unixNanos()) * 1e-9),
        best.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(candidate.rootDistance()),
        best.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(best.get().delay()),
        candidate.stratum(),
        witness.asked(),
        witness.answered(),
        witness.dropped());
  }

  private static String reason(Witness witness, Fate fate) {
    return switch (fate) {
      case SELECTED, TRUECHIMER -> "agrees";
      case UNREACHABLE -> unreachable(witness);
      case REFUSED -> fate.reason() + " (" + witness.refusal() + ")";
      case NOT_PROVEN -> "names a time before the day this program was built";
      case FALSETICKER,
          OUTVOTED_BY_TRUST,
          NO_MAJORITY,
          TOO_FEW,
          REQUIRED_MISSING,
          NOSELECT,
          JUMPED,
          ORPHAN,
          SMEARED,
          UNSYNCHRONISED,
          OFFLINE,
          LOOP,
          PASSES_ON,
          NOT_CERTIFIED,
          TOO_DISTANT ->
          fate.reason();
    };
  }

  private static String unreachable(Witness witness) {
    if (!witness.trouble().isEmpty()) {
      return witness.trouble();
    }
    return witness.dropped().isEmpty()
        ? "does not answer"
        : "gives no answer that can be used: " + String.join(", ", witness.dropped().keySet());
  }
}
