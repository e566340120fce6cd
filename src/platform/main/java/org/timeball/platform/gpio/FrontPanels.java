package org.timeball.platform.gpio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Opens a {@link FrontPanel}, or says why there is none. */
public final class FrontPanels {
  /** What came of it. */
  public sealed interface Result {
    /** There is one. */
    record Opened(FrontPanel panel) implements Result {}

    /**
     * There is none.
     *
     * @param reason a sentence for people
     */
    record NoGpio(String reason) implements Result {}
  }

  private FrontPanels() {}

  /**
   * Opens the pins.
   *
   * @param lightPin GPIO number of the light, as the chip counts (17 is pin 11 of the header)
   * @param buttonPin GPIO number of a button to ground
   */
  public static Result open(OptionalInt lightPin, OptionalInt buttonPin) {
    return open(lightPin, buttonPin, Path.of("/dev"));
  }

  static Result open(OptionalInt lightPin, OptionalInt buttonPin, Path devices) {
    if (lightPin.isEmpty() && buttonPin.isEmpty()) {
      return new Result.NoGpio("no light and no button is configured");
    }
    try (DirectoryStream<Path> chips = Files.newDirectoryStream(devices, "gpiochip*")) {
      boolean any = false;
      for (Path chip : chips) {
        any = true;
        if (!Files.isReadable(chip) || !Files.isWritable(chip)) {
          return new Result.NoGpio(
              chip
                  + ": permission denied. The user '"
                  + System.getProperty("user.name")
                  + "' must be in group 'gpio'; run scripts/timeball doctor.");
        }
      }
      return any
          ? Pi4jPanel.open(lightPin, buttonPin)
          : new Result.NoGpio("no GPIO here: this machine has no /dev/gpiochip device");
    } catch (IOException e) {
      return new Result.NoGpio("no GPIO here: " + e.getMessage());
    }
  }
}
