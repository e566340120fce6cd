package org.timeball.driver.template;

import java.util.List;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;

/** The front door: found through {@code META-INF/services}. */
public final class TemplateProvider implements DriverProvider {
  @Override
  public String name() {
    return "template";
  }

  @Override
  public String summary() {
    return "a clock that writes its time as a line of text once a second";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("device", Setting.Type.TEXT, "serial device, such as /dev/ttyUSB0"),
        Setting.optional("baud", Setting.Type.INTEGER, "9600", "speed of the line, bits a second"));
  }

  @Override
  public LineNeed line(Settings settings) {
    return new LineNeed.Serial(
        settings.text("device").orElse(""), List.of(Math.toIntExact(settings.integer("baud"))));
  }

  @Override
  public Driver create(Settings settings, Sink sink) {
    return new TemplateDriver(sink);
  }
}
