package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.packet.PacketKeys;

class PrecisionTest {
  private static ClockReading after(int seconds) {
    return new ClockReading(seconds * World.SECOND, World.NOON + seconds * World.SECOND);
  }

  @Test
  void repliesStateTheTimeThatReadingTheClockTakesNow() {
    TimeServerBrain brain =
        new TimeServerBrain(
            BrainSettings.of(List.of(), -18), "", PacketKeys.NONE, () -> 0, NtsSetup.NONE);
    brain.handle(new Event.WakeUp(), after(1));
    assertThat(brain.serverState().precisionExponent()).isEqualTo(-18);

    brain.handle(new Event.Precision(-24), after(3));

    assertThat(brain.serverState().precisionExponent()).isEqualTo(-24);
  }
}
