package org.timeball.checks.guest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the guest's kernel says of its clock, read by somebody else's program: busybox's {@code
 * adjtimex}.
 *
 * @param frequencyPpm of the kernel's correction, without the tick
 * @param maximumErrorMicros the kernel's bound
 * @param status its bits, {@code STA_…} of the kernel
 * @param tickMicros a hundredth of a second as the clock counts it
 * @param seconds what the clock showed, in seconds since 1970
 * @param answer what adjtimex returned, in words
 */
record KernelStatus(
    double frequencyPpm,
    long maximumErrorMicros,
    int status,
    long tickMicros,
    double seconds,
    String answer) {

  private static final int STA_PLL = 0x01;
  private static final int STA_UNSYNC = 0x40;
  private static final int STA_NANO = 0x2000;

  /** Programs are told not to trust this clock. */
  boolean isUnsynchronised() {
    return (status & STA_UNSYNC) != 0;
  }

  /** The kernel's own phase-locked loop steers. */
  boolean isLoopOn() {
    return (status & STA_PLL) != 0;
  }

  /** How fast the kernel runs the clock in all, in ppm: frequency and tick together. */
  double ratePpm() {
    return frequencyPpm + (tickMicros - 10_000) * 100;
  }

  static KernelStatus parse(String text) {
    return new KernelStatus(
        number(text, "freq.adjust") / 65_536.0,
        number(text, "maxerror"),
        (int) number(text, "status"),
        number(text, "tick"),
        number(text, "time.tv_sec") + subsecond(text),
        find(text, "return value: \\d+ \\(([^)]*)\\)"));
  }

  /** In microseconds, or in nanoseconds once the kernel was told to count so. */
  private static double subsecond(String text) {
    boolean nanos = (number(text, "status") & STA_NANO) != 0;
    return number(text, "time.tv_usec") * (nanos ? 1e-9 : 1e-6);
  }

  private static long number(String text, String name) {
    return Long.parseLong(find(text, Pattern.quote(name) + ":\\s+(-?\\d+)"));
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("adjtimex said nothing like " + pattern + ": " + text);
    }
    return matcher.group(1);
  }
}
