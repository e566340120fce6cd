package org.timeball.server.config;

import java.util.List;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;

/**
 * A driver with a setting of every type.
 *
 * @param name the word that selects it
 * @param pulses whether it reads pulses or a serial line
 */
record FakeDriver(String name, boolean pulses) implements DriverProvider {
  static final Drivers INSTALLED =
      new Drivers(List.of(new FakeDriver("nmea", false), new FakeDriver("pps", true)));

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("device", Setting.Type.TEXT, "path"),
        Setting.optional("bauds", Setting.Type.INTEGERS, "9600, 38400", "speeds"),
        Setting.optional("count", Setting.Type.INTEGER, "3", "a number"),
        Setting.optional("patience", Setting.Type.DURATION, "1.5 s", "a duration"),
        Setting.optional("strict", Setting.Type.BOOLEAN, "true", "a flag"),
        Setting.optional("since", Setting.Type.DATE, "", "a day"),
        Setting.optional("kinds", Setting.Type.TEXTS, "RMC, ZDA", "words"),
        Setting.choice("edge", List.of("rising", "falling"), "which edge"));
  }

  @Override
  public LineNeed line(Settings settings) {
    String device = settings.text("device").orElse("");
    if (settings.integer("count") < 0) {
      throw new IllegalArgumentException("count and device contradict each other");
    }
    return pulses ? new LineNeed.Pulses(device) : new LineNeed.Serial(device, List.of(9_600));
  }

  @Override
  public Driver create(Settings settings, Sink sink) {
    return new Driver() {};
  }
}
