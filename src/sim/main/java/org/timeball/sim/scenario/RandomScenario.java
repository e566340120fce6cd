package org.timeball.sim.scenario;

import java.util.Locale;
import java.util.Random;

/**
 * Scenarios that nobody had in view: everything about them is drawn from the seed. The oscillator
 * wanders by 1e-11 to 1e-7 a square root of a second; each leg's delay follows one of five laws or
 * a mixture of two; the poll interval is 8 to 1024 s; some have exchanges that are far off.
 */
final class RandomScenario {
  /** So many requests are watched, within the bounds below. */
  private static final int REQUESTS = 1500;

  private static final int LEAST_SECONDS = 20_000;
  private static final int MOST_SECONDS = 400_000;

  private RandomScenario() {}

  static Scenario draw(String id, long seed) {
    Random random = Draws.of(seed);
    double wander = Math.pow(10, -11 + 4 * random.nextDouble());
    int poll = 3 + random.nextInt(8);
    double base = Math.pow(10, -4 + 2.3 * random.nextDouble());
    double jitter = base * Math.pow(10, -1.5 + 1.3 * random.nextDouble());
    double outliers = random.nextBoolean() ? 0 : 0.002 + 0.03 * random.nextDouble();
    double inboundRatio = random.nextInt(3) == 0 ? Math.pow(10, random.nextDouble()) : 1;
    String up = leg(random, base, jitter, outliers);
    String down = leg(random, base, jitter * inboundRatio, outliers);
    String configuration =
        String.format(
            Locale.ROOT,
            "node2_offset = 0.01%nnode2_freq = (+ %.3g (sum (* %.4g (normal))))%n"
                + "node2_delay1 = %s%nnode1_delay2 = %s%n",
            20e-6 * random.nextGaussian(),
            wander,
            up,
            down);
    int seconds = Math.clamp((long) REQUESTS << poll, LEAST_SECONDS, MOST_SECONDS);
    return new Scenario(
        id,
        String.format(Locale.ROOT, "drawn: wander %.2g, asked every %d s", wander, 1 << poll),
        configuration.replace(System.lineSeparator(), "\n"),
        2,
        poll,
        poll,
        false,
        seconds,
        seconds / 5);
  }

  private static String leg(Random random, double base, double jitter, double outliers) {
    String delay = law(random, jitter);
    if (random.nextInt(3) == 0) {
      delay = delay + " " + law(random, jitter * random.nextDouble());
    }
    if (outliers > 0) {
      delay +=
          String.format(
              Locale.ROOT,
              " (* %.4g (exponential) (equal %.4g (uniform) 0))",
              jitter * (20 + 80 * random.nextDouble()),
              outliers);
    }
    return String.format(Locale.ROOT, "(max 1e-6 (+ %.4g %s))", base, delay);
  }

  private static String law(Random random, double jitter) {
    return switch (random.nextInt(5)) {
      case 0 -> String.format(Locale.ROOT, "(* %.4g (exponential))", jitter);
      case 1 -> String.format(Locale.ROOT, "(+ %.4g (* %.4g (normal)))", 4 * jitter, jitter);
      case 2 -> String.format(Locale.ROOT, "(* %.4g (uniform))", 3 * jitter);
      case 3 ->
          String.format(Locale.ROOT, "(* %.4g (+ (exponential) (exponential)))", 0.7 * jitter);
      default -> String.format(Locale.ROOT, "(* %.4g (exponential) (exponential))", 0.6 * jitter);
    };
  }
}
