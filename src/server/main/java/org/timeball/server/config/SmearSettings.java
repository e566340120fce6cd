package org.timeball.server.config;

import java.util.List;
import java.util.Optional;
import org.timeball.core.leap.Smear;

/** How leap seconds are spread for clients, in the tables {@code [leap]} and {@code [[listen]]}. */
final class SmearSettings {
  private static final String OFF = "off";

  private static final Key<String> SMEAR =
      Key.of("smear", Values.word(List.of(OFF, "linear", "cosine")));

  // At most a day, for a leap second is known for certain only on the last day of its month. Two
  // hours take 139 ppm, and most clients give up on a server whose rate changes by 500.
  private static final Key<Double> LENGTH =
      Key.of(
          "smear-length",
          Values.seconds("2 h", "24 h", "as clients can follow and leap seconds are announced"));

  private static final double USUAL_LENGTH = 86_400;

  static final List<Key<?>> KEYS = List.of(SMEAR, LENGTH);

  private SmearSettings() {}

  /**
   * Reads what a table says.
   *
   * @param otherwise what holds where it says nothing
   */
  static Optional<Smear> read(Table table, Optional<Smear> otherwise) {
    Optional<String> word = table.find(SMEAR);
    Optional<Double> length = table.find(LENGTH);
    Optional<Smear.Shape> shape =
        word.isPresent() ? word.flatMap(SmearSettings::shape) : otherwise.map(Smear::shape);
    if (shape.isEmpty() && length.isPresent()) {
      table.problem(
          LENGTH.name(),
          "smear-length: leap seconds are not spread here; write smear = \"linear\" or \"cosine\""
              + " beside it");
    }
    return shape.map(
        s -> new Smear(s, length.orElse(otherwise.map(Smear::lengthSeconds).orElse(USUAL_LENGTH))));
  }

  private static Optional<Smear.Shape> shape(String word) {
    return switch (word) {
      case "linear" -> Optional.of(Smear.Shape.LINEAR);
      case "cosine" -> Optional.of(Smear.Shape.COSINE);
      default -> Optional.empty();
    };
  }
}
