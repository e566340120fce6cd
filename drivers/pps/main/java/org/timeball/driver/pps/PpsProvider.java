package org.timeball.driver.pps;

import java.util.List;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;

/** The front door: found through {@code META-INF/services}. */
public final class PpsProvider implements DriverProvider {
  static final String DEVICE = "device";
  static final String EDGE = "edge";
  static final String INTERVAL = "interval";

  static final String AUTO = "auto";
  static final String RISING = "rising";
  static final String FALLING = "falling";

  /** Chosen; the slowest in use is one pulse a minute. */
  private static final int LONGEST_INTERVAL_SECONDS = 60;

  @Override
  public String name() {
    return "pps";
  }

  @Override
  public String summary() {
    return "a pulse a second on a pulse device, such as a GPS receiver's";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required(DEVICE, Setting.Type.TEXT, "pulse device, such as /dev/pps0"),
        Setting.choice(
            EDGE,
            List.of(AUTO, RISING, FALLING),
            "the edge that begins the second; auto takes the beginning of the shorter part"),
        Setting.optional(
            INTERVAL,
            Setting.Type.DURATION,
            "1 s",
            "from one pulse to the next: whole seconds, 1 to " + LONGEST_INTERVAL_SECONDS));
  }

  @Override
  public LineNeed line(Settings settings) {
    intervalSeconds(settings);
    return new LineNeed.Pulses(settings.text(DEVICE).orElse(""));
  }

  /**
   * Whole seconds: where pulses come more often, nothing says which of them begins a second, and a
   * wrong guess is a wrong second.
   */
  static long intervalSeconds(Settings settings) {
    double seconds = settings.duration(INTERVAL);
    if (seconds != Math.rint(seconds) || seconds < 1 || seconds > LONGEST_INTERVAL_SECONDS) {
      throw new IllegalArgumentException(
          "'"
              + INTERVAL
              + "' is "
              + seconds
              + " s; it must be whole seconds from 1 to "
              + LONGEST_INTERVAL_SECONDS
              + ", because faster pulses do not say which of them begins a second");
    }
    return (long) seconds;
  }

  @Override
  public Driver create(Settings settings, Sink sink) {
    return new PpsDriver(settings, sink);
  }
}
