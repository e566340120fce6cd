package org.timeball.server.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them: the unit fits the size. */
public final class Quantities {
  private Quantities() {}

  /** A time with its sign, such as {@code +1.2 µs}. */
  public static String signedSeconds(double seconds) {
    return (seconds < 0 ? "-" : "+") + seconds(Math.abs(seconds));
  }

  /** A time, such as {@code 12.3 ms}. */
  public static String seconds(double seconds) {
    double size = Math.abs(seconds);
    if (size < 1e-6) {
      return String.format(Locale.ROOT, "%.0f ns", seconds * 1e9);
    }
    if (size < 1e-3) {
      return String.format(Locale.ROOT, "%.1f µs", seconds * 1e6);
    }
    if (size < 1) {
      return String.format(Locale.ROOT, "%.1f ms", seconds * 1e3);
    }
    return String.format(Locale.ROOT, "%.3f s", seconds);
  }

  /** A dash if it is not known. */
  static String signedSeconds(OptionalDouble seconds) {
    return seconds.isPresent() ? signedSeconds(seconds.getAsDouble()) : "-";
  }

  /** A dash if it is not known. */
  static String seconds(OptionalDouble seconds) {
    return seconds.isPresent() ? seconds(seconds.getAsDouble()) : "-";
  }

  /** A rate in parts per million. */
  public static String ppm(double frequency) {
    return String.format(Locale.ROOT, "%+.3f ppm", frequency * 1e6);
  }

  /** A dash if it is not known. */
  public static String ppm(OptionalDouble frequency) {
    return frequency.isPresent() ? ppm(frequency.getAsDouble()) : "-";
  }

  /** A long time, such as {@code 3 h 12 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3_600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    if (whole < 86_400) {
      return whole / 3_600 + " h " + whole % 3_600 / 60 + " min";
    }
    return whole / 86_400 + " d " + whole % 86_400 / 3_600 + " h";
  }
}
