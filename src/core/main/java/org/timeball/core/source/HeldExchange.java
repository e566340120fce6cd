package org.timeball.core.source;

/**
 * An exchange that the other side held for long, as if it had been answered at once.
 *
 * <p>A peer sends when its own time has come, so seconds or hours lie between what it received and
 * what it sent. Over so long a time two clocks run apart by more than the packets were on the way.
 * The offset does not mind: the mean of both legs holds for the middle. The delay does, and so the
 * hold is taken out of it at the rate that is believed, with what that belief may be wrong by
 * added: a delay that looks too short would be trusted too much.
 */
final class HeldExchange {
  /** Seconds; a hold as short as that needs nothing of all this. */
  private static final double SHORT = 0.01;

  private HeldExchange() {}

  /**
   * The same offset at the same middle, with the delay alone between its ends.
   *
   * @param frequency of true time against the raw scale, dimensionless, as believed
   * @param uncertainty of it
   */
  static Reception.Exchange answeredAtOnce(
      Reception.Exchange exchange, double frequency, double uncertainty) {
    double hold = (exchange.t3UnixNanos() - exchange.t2UnixNanos()) * 1e-9;
    if (hold < SHORT) {
      return exchange;
    }
    long t1 = exchange.t1RawNanos();
    long t4 = exchange.t4RawNanos();
    double span = (t4 - t1) * 1e-9;
    double delay = Math.max(0, span - hold / (1 + frequency)) + hold * uncertainty;
    long half = Math.round(delay * 0.5e9);
    long middle = t1 + (t4 - t1) / 2;
    long there = exchange.t2UnixNanos() + (exchange.t3UnixNanos() - exchange.t2UnixNanos()) / 2;
    return new Reception.Exchange(middle - half, there, there, middle + half, exchange.server());
  }
}
