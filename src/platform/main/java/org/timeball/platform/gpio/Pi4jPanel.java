package org.timeball.platform.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.util.OptionalInt;

/**
 * The pins through Pi4J. The context is built of exactly the providers that are meant: found
 * automatically, it could be one of a simulation that happens to be on the class path, and a light
 * would never shine without anybody being told.
 */
final class Pi4jPanel implements FrontPanel {
  private static final String LIGHT = "timeball-light";
  private static final String BUTTON = "timeball-button";

  /** Contacts bounce for some milliseconds. */
  private static final long DEBOUNCE_MICROS = 20_000;

  private final Context context;
  private final DigitalOutput light;
  private final DigitalInput button;

  /** Opens the pins of this machine. */
  static FrontPanels.Result open(OptionalInt lightPin, OptionalInt buttonPin) {
    try {
      Context context =
          Pi4J.newContextBuilder()
              .noAutoDetect()
              .add(GpioDDigitalOutputProvider.newInstance())
              .add(GpioDDigitalInputProvider.newInstance())
              .build();
      return open(context, lightPin, buttonPin);
    } catch (Pi4JException | LinkageError e) {
      return new FrontPanels.Result.NoGpio("GPIO cannot be used: " + e.getMessage());
    }
  }

  /** Opens the pins of a context; closes it if they cannot be opened. */
  static FrontPanels.Result open(Context context, OptionalInt lightPin, OptionalInt buttonPin) {
    try {
      return new FrontPanels.Result.Opened(new Pi4jPanel(context, lightPin, buttonPin));
    } catch (Pi4JException e) {
      context.shutdown();
      return new FrontPanels.Result.NoGpio("GPIO cannot be used: " + e.getMessage());
    }
  }

  private Pi4jPanel(Context context, OptionalInt lightPin, OptionalInt buttonPin) {
    this.context = context;
    light =
        lightPin.isPresent()
            ? context.create(
                DigitalOutput.newConfigBuilder(context)
                    .id(LIGHT)
                    .address(lightPin.getAsInt())
                    .initial(DigitalState.LOW)
                    .shutdown(DigitalState.LOW)
                    .build())
            : null;
    button =
        buttonPin.isPresent()
            ? context.create(
                DigitalInput.newConfigBuilder(context)
                    .id(BUTTON)
                    .address(buttonPin.getAsInt())
                    .pull(PullResistance.PULL_UP)
                    .debounce(DEBOUNCE_MICROS)
                    .build())
            : null;
  }

  @Override
  public void light(boolean on) {
    if (light != null) {
      light.setState(on);
    }
  }

  @Override
  public void onButton(Runnable pressed) {
    if (button != null) {
      button.addListener(event -> {
        // To ground: low is down.
        if (event.state() == DigitalState.LOW) {
          pressed.run();
        }
      });
    }
  }

  @Override
  public void close() {
    context.shutdown();
  }
}
