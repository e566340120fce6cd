package org.timeball.driver.nmea;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.timeball.spi.Health.Fix;

/** Satellites and their signals, gathered over one second from GSA, GSV and GGA. */
final class SkyView {
  /** More than any receiver follows; what is beyond is not counted. */
  private static final int MOST_SATELLITES = 192;

  /** Some receivers report the sky only every few seconds. */
  private static final long LIFETIME_NANOS = 6_000_000_000L;

  private static final int FOURTH = 3;

  /** Satellites in the solution and in view, of the second being gathered. */
  private final int[] used = new int[MOST_SATELLITES];

  private int usedCount;
  private final int[] seen = new int[MOST_SATELLITES];
  private final int[] signal = new int[MOST_SATELLITES];
  private int seenCount;
  private int fixType;
  private int satellitesInGga = -1;

  /** What whole seconds showed, and when. */
  private final Figure usedFigure = new Figure();

  private final Figure usedByGgaFigure = new Figure();
  private final Figure inViewFigure = new Figure();
  private final Figure signalFigure = new Figure();
  private final Figure fixFigure = new Figure();

  /** A number with a time until which it is news. */
  private static final class Figure {
    private boolean known;
    private int value;
    private long rawNanos;

    void set(int value, long rawNanos) {
      known = true;
      this.value = value;
      this.rawNanos = rawNanos;
    }

    OptionalInt at(long nowRawNanos) {
      return known && nowRawNanos - rawNanos <= LIFETIME_NANOS
          ? OptionalInt.of(value)
          : OptionalInt.empty();
    }
  }

  void take(Sentence sentence) {
    switch (sentence.kind()) {
      case GSA -> takeUsed(sentence);
      case GSV -> takeSeen(sentence);
      case GGA -> satellitesInGga = sentence.number(7, 2);
      case RMC, ZDA, GNS, GLL, TXT, OTHER -> {}
    }
  }

  private void takeUsed(Sentence sentence) {
    fixType = Math.max(fixType, sentence.number(2, 1));
    int system = sentence.octet(18, 0);
    for (int field = 3; field <= 14; field++) {
      int satellite = sentence.number(field, 3);
      if (satellite > 0 && usedCount < MOST_SATELLITES) {
        int key = system << 16 | satellite;
        if (indexOf(used, usedCount, key) < 0) {
          used[usedCount++] = key;
        }
      }
    }
  }

  /** Groups of satellite, elevation, azimuth, signal; a satellite comes once for each frequency. */
  private void takeSeen(Sentence sentence) {
    int system = sentence.octet(0, 0) << 8 | sentence.octet(0, 1);
    for (int field = 4; field + 3 < sentence.fields(); field += 4) {
      int satellite = sentence.number(field, 3);
      if (satellite <= 0) {
        continue;
      }
      int key = system << 16 | satellite;
      int index = indexOf(seen, seenCount, key);
      if (index < 0 && seenCount < MOST_SATELLITES) {
        index = seenCount++;
        seen[index] = key;
        signal[index] = 0;
      }
      if (index >= 0) {
        signal[index] = Math.max(signal[index], sentence.number(field + 3, 2));
      }
    }
  }

  private static int indexOf(int[] keys, int count, int key) {
    for (int i = 0; i < count; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return -1;
  }

  /** A second is over: what it showed is the view now. */
  void endSecond(long rawNanos) {
    if (usedCount > 0) {
      usedFigure.set(usedCount, rawNanos);
    }
    if (satellitesInGga >= 0) {
      usedByGgaFigure.set(satellitesInGga, rawNanos);
    }
    if (seenCount > 0) {
      inViewFigure.set(seenCount, rawNanos);
      signalFigure.set(fourthBest(), rawNanos);
    }
    if (fixType > 0) {
      fixFigure.set(fixType, rawNanos);
    }
    usedCount = 0;
    seenCount = 0;
    satellitesInGga = -1;
    fixType = 0;
  }

  private int fourthBest() {
    if (seenCount <= FOURTH) {
      return 0;
    }
    int[] sorted = Arrays.copyOf(signal, seenCount);
    Arrays.sort(sorted);
    return sorted[seenCount - 1 - FOURTH];
  }

  /** GSA before GGA, which many receivers let end at 12. */
  OptionalInt satellitesUsed(long nowRawNanos) {
    OptionalInt counted = usedFigure.at(nowRawNanos);
    return counted.isPresent() ? counted : usedByGgaFigure.at(nowRawNanos);
  }

  OptionalInt satellitesInView(long nowRawNanos) {
    return inViewFigure.at(nowRawNanos);
  }

  /** Signal of the fourth-best satellite in dB-Hz; 0 if there are fewer than four. */
  OptionalDouble signal(long nowRawNanos) {
    OptionalInt signal = signalFigure.at(nowRawNanos);
    return signal.isPresent() ? OptionalDouble.of(signal.getAsInt()) : OptionalDouble.empty();
  }

  /** The fix as GSA says it. */
  Fix fix(long nowRawNanos) {
    return switch (fixFigure.at(nowRawNanos).orElse(0)) {
      case 1 -> Fix.NONE;
      case 2 -> Fix.TWO_D;
      case 3 -> Fix.THREE_D;
      default -> Fix.UNKNOWN;
    };
  }
}
