package org.timeball.core.temperature;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The raw scale as an oscillator would count it that warmth does not touch. Belongs to one thread.
 *
 * <p>It began as the raw scale itself and goes on at a rate that is set anew with each reading of
 * the sensor; it is continuous, and each moment of it is one of the raw scale. Moments of the last
 * hours are found where they were; older ones are taken to be of the rate of the oldest.
 */
public final class SteadyScale {
  /** A reading every ten seconds for three hours. */
  private static final int MOST_PIECES = 1024;

  /**
   * From a raw moment on.
   *
   * @param ahead nanoseconds that the steady scale was ahead of the raw one
   * @param rate by which it gains, dimensionless
   */
  private record Piece(long rawNanos, double ahead, double rate) {
    long steady(long raw) {
      return raw + Math.round(aheadAt(raw));
    }

    double aheadAt(long raw) {
      return ahead + (raw - rawNanos) * rate;
    }
  }

  private final Deque<Piece> pieces = new ArrayDeque<>();

  /** It is the raw scale until a rate is set. */
  public SteadyScale() {
    pieces.addLast(new Piece(0, 0, 0));
  }

  /** From now on it gains on the raw scale by so much, dimensionless and small. */
  public void setRate(long rawNanos, double rate) {
    Piece last = pieces.getLast();
    if (rate == last.rate()) {
      return;
    }
    pieces.addLast(new Piece(rawNanos, last.aheadAt(rawNanos), rate));
    if (pieces.size() > MOST_PIECES) {
      pieces.removeFirst();
    }
  }

  /** By how much it gains on the raw scale now, dimensionless. */
  public double rate() {
    return pieces.getLast().rate();
  }

  /** The steady moment of a raw one. */
  public long steady(long rawNanos) {
    Piece found = pieces.getLast();
    if (rawNanos < found.rawNanos()) {
      Iterator<Piece> older = pieces.descendingIterator();
      while (older.hasNext() && rawNanos < found.rawNanos()) {
        found = older.next();
      }
    }
    return found.steady(rawNanos);
  }

  /** A raw moment, from the last setting of the rate on, that is not before a steady one. */
  public long raw(long steadyNanos) {
    Piece last = pieces.getLast();
    if (last.rate() == 0 && last.ahead() == 0) {
      return steadyNanos;
    }
    double beyond = (steadyNanos - last.rawNanos()) - last.ahead();
    long raw = last.rawNanos() + (long) Math.floor(beyond / (1 + last.rate()));
    while (last.steady(raw) < steadyNanos) {
      raw++;
    }
    return raw;
  }
}
