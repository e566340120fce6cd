package org.timeball.checks.guest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stage itself: without it no other scenario means anything. */
final class LinesArrive implements Scenario {
  private static final Pattern ASSERT = Pattern.compile("(\\d+)\\.(\\d{9})#(\\d+)");

  @Override
  public String name() {
    return "lines";
  }

  @Override
  public String promise() {
    return "the kernel stamps the receiver's pulses, and its sentences come over the serial line";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual());
    long first =
        Patience.until("a pulse", 3, () -> Optional.of(sequence(guest)).filter(n -> n > 0));
    long third =
        Patience.until(
            "more pulses", 4, () -> Optional.of(sequence(guest)).filter(n -> n > first + 2));
    stage.tell("pulses %d to %d stamped".formatted(first, third));
    String sentence =
        guest.run(
            "stty -F %1$s 9600 raw -echo clocal; timeout 100 grep -m 1 RMC.*,A %1$s"
                .formatted(guest.serialDevice()));
    stage.tell(sentence);
  }

  private static long sequence(Guest guest) throws Exception {
    Matcher stamp = ASSERT.matcher(guest.run("cat /sys/class/pps/pps0/assert"));
    if (!stamp.find()) {
      throw new AssertionError("/sys/class/pps/pps0/assert holds no stamp");
    }
    return Long.parseLong(stamp.group(3));
  }
}
