package org.timeball.platform.clock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A sensor of the kernel's that reads a temperature near the oscillator, as a file with thousandths
 * of a degree Celsius (Linux, Documentation/ABI/testing/sysfs-class-thermal and sysfs-class-hwmon).
 *
 * @param file such as {@code temp} of a thermal zone or {@code temp1_input} of a monitoring chip
 */
public record TemperatureSensor(Path file) {
  /** The processor's on small boards. */
  private static final Path USUAL = Path.of("/sys/class/thermal/thermal_zone0/temp");

  /** A number and its line end are shorter; whatever is longer is no sensor. */
  private static final int MOST_OCTETS = 32;

  private static final double UNITS_PER_DEGREE = 1000;

  /** The one that most boards have, if this one has it. */
  public static Optional<TemperatureSensor> usual() {
    return Files.isReadable(USUAL) ? Optional.of(new TemperatureSensor(USUAL)) : Optional.empty();
  }

  /**
   * Reads it.
   *
   * @return degrees Celsius
   * @throws IOException if it cannot be read, or is no such file; the message says why
   */
  public double celsius() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_OCTETS), StandardCharsets.US_ASCII).strip();
      return Long.parseLong(text) / UNITS_PER_DEGREE;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("it may not be read", e);
    } catch (NumberFormatException e) {
      throw new IOException("it does not hold one whole number, thousandths of a degree", e);
    }
  }
}
