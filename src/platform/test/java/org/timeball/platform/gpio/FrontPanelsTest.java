package org.timeball.platform.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.platform.gpio.FrontPanels.Result;

class FrontPanelsTest {
  private static final OptionalInt LIGHT = OptionalInt.of(17);
  private static final OptionalInt BUTTON = OptionalInt.of(27);

  private static Context simulatedPins() {
    return Pi4J.newContextBuilder()
        .noAutoDetect()
        .add(MockDigitalOutputProvider.newInstance())
        .add(MockDigitalInputProvider.newInstance())
        .build();
  }

  @Test
  void aMachineWithoutGpioIsAnAnswerAndNotAnError(@TempDir Path devices) {
    assertThat(FrontPanels.open(LIGHT, BUTTON, devices))
        .isEqualTo(new Result.NoGpio("no GPIO here: this machine has no /dev/gpiochip device"));
  }

  @Test
  void nothingConfiguredIsAnAnswerToo() {
    assertThat(FrontPanels.open(OptionalInt.empty(), OptionalInt.empty()))
        .isEqualTo(new Result.NoGpio("no light and no button is configured"));
  }

  @Test
  void switchesTheLightAndLeavesItDark() {
    Context pins = simulatedPins();
    if (!(Pi4jPanel.open(pins, LIGHT, OptionalInt.empty()) instanceof Result.Opened(var panel))) {
      throw new AssertionError("the pins did not open");
    }
    DigitalOutput pin = pins.registry().get("timeball-light");

    panel.light(true);
    assertThat(pin.state()).isEqualTo(DigitalState.HIGH);
    panel.light(false);
    assertThat(pin.state()).isEqualTo(DigitalState.LOW);
    panel.light(true);
    panel.close();
    assertThat(pin.state()).isEqualTo(DigitalState.LOW);
  }

  @Test
  void hearsTheButtonGoDownAndNotUp() throws InterruptedException {
    Context pins = simulatedPins();
    if (!(Pi4jPanel.open(pins, OptionalInt.empty(), BUTTON) instanceof Result.Opened(var panel))) {
      throw new AssertionError("the pins did not open");
    }
    Semaphore presses = new Semaphore(0);
    panel.onButton(presses::release);
    MockDigitalInput pin = pins.registry().get("timeball-button");
    pin.mockState(DigitalState.HIGH);

    pin.mockState(DigitalState.LOW);
    pin.mockState(DigitalState.HIGH);
    pin.mockState(DigitalState.LOW);

    assertThat(presses.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
    assertThat(presses.availablePermits()).isZero();
    panel.close();
  }
}
