package org.timeball.sim.scenario;

import java.util.Locale;

/**
 * How well a client kept time in one run: its true error after the settling time, in microseconds.
 *
 * @param millisecond seconds from the first request until the error stays below 1 ms for 300 s; not
 *     a number if never
 * @param hundredMicros the same for 100 µs
 * @param tenMicros the same for 10 µs
 * @param requests packets the client sent
 * @param steps how often it stepped its clock
 * @param traceHash a number that tells two different runs apart
 */
public record Outcome(
    String scenario,
    long seed,
    double rmsMicros,
    double medianMicros,
    double p95Micros,
    double p99Micros,
    double maxMicros,
    double frequencyRmsPpb,
    double millisecond,
    double hundredMicros,
    double tenMicros,
    long requests,
    int steps,
    long traceHash) {

  /** One JSON object on one line; times that never came are null. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"scenario\":\"%s\",\"seed\":%d,\"rms_us\":%s,\"median_us\":%s,\"p95_us\":%s,"
            + "\"p99_us\":%s,\"max_us\":%s,\"freq_rms_ppb\":%s,"
            + "\"converged_s\":{\"1ms\":%s,\"100us\":%s,\"10us\":%s},"
            + "\"packets\":%d,\"steps\":%d}",
        scenario,
        seed,
        number(rmsMicros),
        number(medianMicros),
        number(p95Micros),
        number(p99Micros),
        number(maxMicros),
        number(frequencyRmsPpb),
        number(millisecond),
        number(hundredMicros),
        number(tenMicros),
        requests,
        steps);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null";
  }
}
