package org.timeball.driver.nmea;

import java.util.List;
import java.util.stream.Stream;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;

/** The front door: found through {@code META-INF/services}. */
public final class NmeaProvider implements DriverProvider {
  static final String DEVICE = "device";
  static final String BAUD = "baud";
  static final String SENTENCE = "sentence";
  static final String CHECKSUM = "checksum";
  static final String TRUST_ZDA = "trust-zda";

  static final String AUTO = "auto";
  static final String REQUIRED = "required";
  static final String WHERE_SEEN = "where-seen";

  /** What receivers leave the factory with first, then what people set. */
  private static final String USUAL_BAUDS =
      "9600, 38400, 115200, 4800, 57600, 19200, 230400, 460800";

  @Override
  public String name() {
    return "nmea";
  }

  @Override
  public String summary() {
    return "a GPS receiver that sends NMEA 0183 sentences";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required(DEVICE, Setting.Type.TEXT, "serial device, such as /dev/serial0"),
        Setting.optional(
            BAUD,
            Setting.Type.INTEGERS,
            USUAL_BAUDS,
            "speeds to try, most likely first; one speed alone is never changed"),
        Setting.choice(
            SENTENCE,
            Stream.concat(
                    Stream.of(AUTO), SentenceKind.namingTime().stream().map(SentenceKind::name))
                .toList(),
            "the sentence that carries the label"),
        Setting.choice(
            CHECKSUM,
            List.of(REQUIRED, WHERE_SEEN),
            "whether a kind of sentence that never had a checksum is taken without; RMC never is"),
        Setting.optional(
            TRUST_ZDA,
            Setting.Type.BOOLEAN,
            "false",
            "whether ZDA is good where no other sentence says that there is a fix"));
  }

  @Override
  public LineNeed line(Settings settings) {
    List<Integer> bauds = settings.integers(BAUD);
    if (bauds.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + BAUD + "' is empty; name at least one speed, or leave it out to try all");
    }
    for (int baud : bauds) {
      if (baud < 1200 || baud > 4_000_000) {
        throw new IllegalArgumentException(
            "'" + BAUD + "' " + baud + " is outside 1200 to 4000000 bits a second");
      }
    }
    return new LineNeed.Serial(settings.text(DEVICE).orElse(""), bauds);
  }

  @Override
  public Driver create(Settings settings, Sink sink) {
    return new NmeaDriver(settings, sink);
  }
}
