package org.timeball.server.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The table {@code [gpio]}: a light and a button on the pins of a board.
 *
 * @param led GPIO number of the light
 * @param button GPIO number of a button to ground
 */
public record GpioSettings(OptionalInt led, OptionalInt button) {
  private static final String LIMITS = "the GPIO numbers of a Raspberry Pi's header";

  private static final Key<Integer> LED = Key.of("led", Values.integer(0, 27, LIMITS));
  private static final Key<Integer> BUTTON = Key.of("button", Values.integer(0, 27, LIMITS));

  static final List<Key<?>> KEYS = List.of(LED, BUTTON);

  static GpioSettings read(Optional<Table> table) {
    if (table.isEmpty()) {
      return new GpioSettings(OptionalInt.empty(), OptionalInt.empty());
    }
    Table gpio = table.get();
    gpio.refuseAllBut(KEYS);
    Optional<Integer> led = gpio.find(LED);
    Optional<Integer> button = gpio.find(BUTTON);
    if (led.isPresent() && led.equals(button)) {
      gpio.problem(BUTTON.name(), "button: pin %d is the light's already".formatted(button.get()));
    }
    return new GpioSettings(number(led), number(button));
  }

  private static OptionalInt number(Optional<Integer> pin) {
    return pin.isPresent() ? OptionalInt.of(pin.get()) : OptionalInt.empty();
  }

  /** Whether there is anything to open. */
  public boolean isUsed() {
    return led.isPresent() || button.isPresent();
  }
}
