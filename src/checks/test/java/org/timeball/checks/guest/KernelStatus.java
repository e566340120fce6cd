package org.timeball.checks.guest;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the guest's kernel says of its clock, read by somebody else's program: busybox's {@code
 * adjtimex}.
 *
 * @param frequencyPpm of the kernel's correction, without the tick
 * @param maximumErrorMicros the kernel's bound
 * @param flags of the status, such as UNSYNC and INS
 * @param tickMicros a hundredth of a second as the clock counts it
 * @param answer what adjtimex returned, in words
 */
record KernelStatus(
    double frequencyPpm,
    long maximumErrorMicros,
    Set<String> flags,
    long tickMicros,
    String answer) {

  /** Status UNSYNC: programs are told not to trust this clock. */
  boolean isUnsynchronised() {
    return flags.contains("UNSYNC");
  }

  /** How fast the kernel runs the clock in all, in ppm: frequency and tick together. */
  double ratePpm() {
    return frequencyPpm + (tickMicros - 10_000) * 100;
  }

  static KernelStatus parse(String text) {
    return new KernelStatus(
        number(text, "freq.adjust") / 65_536.0,
        number(text, "maxerror"),
        Set.of(find(text, "status:\\s+\\d+ \\(([^)]*)\\)").split(" \\| ")),
        number(text, "tick"),
        find(text, "return value: \\d+ \\(([^)]*)\\)"));
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
