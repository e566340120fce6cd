package org.timeball.server.config;

import java.util.List;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;

/** Takes the settings that the guide's examples give to drivers. */
record GuideDriver(String name) implements DriverProvider {
  @Override
  public String summary() {
    return "for the guide";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("device", Setting.Type.TEXT, "path"),
        Setting.optional("baud", Setting.Type.INTEGER, "9600", "speed"));
  }

  @Override
  public LineNeed line(Settings settings) {
    String device = settings.text("device").orElseThrow();
    return name.equals("pps")
        ? new LineNeed.Pulses(device)
        : new LineNeed.Serial(device, List.of(9_600));
  }

  @Override
  public Driver create(Settings settings, Sink sink) {
    return new Driver() {};
  }
}
