package org.timeball.server.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.timeball.core.Event;
import org.timeball.core.ReceiverHealth;
import org.timeball.spi.Driver;
import org.timeball.spi.Edge;
import org.timeball.spi.Health;
import org.timeball.spi.Label;
import org.timeball.spi.LineControl;
import org.timeball.spi.Sink;
import org.timeball.time.Leap;
import org.timeball.time.UtcTime;

class DriverHostTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Event> events = new ArrayList<>();
  private Sink sink;
  private Driver driver = new Driver() {};
  private final DriverHost host =
      new DriverHost(
          "gps",
          given -> {
            sink = given;
            return new Forwarding();
          },
          events::add);

  /** So that each test can say what its driver does. */
  private final class Forwarding implements Driver {
    @Override
    public void onOctets(byte[] octets, int offset, int length, long first, long last) {
      driver.onOctets(octets, offset, length, first, last);
    }

    @Override
    public void onTimer(long nowRawNanos) {
      driver.onTimer(nowRawNanos);
    }
  }

  @Test
  void onlyLabelsThatMayNumberASecondOrHaveNoFixReachTheBrain() {
    for (Label.Standing standing : Label.Standing.values()) {
      sink.label(
          new Label(UtcTime.ofUnixNanos(7 * SECOND), true, "RMC", 0, 10, 20, Leap.NONE, standing));
    }

    assertThat(events)
        .containsExactly(
            new Event.Label("gps", UtcTime.ofUnixNanos(7 * SECOND), "RMC", 10, 20, Leap.NONE, true),
            new Event.Label(
                "gps", UtcTime.ofUnixNanos(7 * SECOND), "RMC", 10, 20, Leap.NONE, false));
  }

  @Test
  void whatTheDriverFoundReachesTheBrainUnderTheNameOfTheLine() {
    sink.pulse(new Edge(5, true, 3));
    sink.health(
        new Health(
            Health.Fix.THREE_D, OptionalInt.of(9), OptionalInt.of(12), OptionalDouble.of(41), "u"));

    assertThat(events)
        .containsExactly(
            new Event.Pulse("gps", 5, 3),
            new Event.Health(
                "gps",
                new ReceiverHealth(
                    "3D", OptionalInt.of(9), OptionalInt.of(12), OptionalDouble.of(41), "u")));
  }

  @Test
  void theBrainHearsOnceASecondHowManyOctetsCame() {
    for (int i = 0; i < 25; i++) {
      host.octets(new byte[8], 0, 8, i * SECOND / 10, i * SECOND / 10);
    }

    assertThat(events)
        .containsExactly(
            new Event.Octets("gps", 8), new Event.Octets("gps", 80), new Event.Octets("gps", 80));
  }

  @Test
  void aDriverThatThrowsCostsOnlyWhatItWasGiven() {
    List<Integer> heard = new ArrayList<>();
    driver =
        new Driver() {
          @Override
          public void onOctets(byte[] octets, int offset, int length, long first, long last) {
            if (octets[0] == 13) {
              throw new IllegalStateException("cannot count");
            }
            heard.add((int) octets[0]);
          }
        };

    for (byte octet : new byte[] {12, 13, 14}) {
      host.octets(new byte[] {octet}, 0, 1, 0, 0);
    }

    assertThat(heard).containsExactly(12, 14);
    assertThat(events)
        .contains(
            new Event.Rejected(
                "gps", "fault of the driver", "java.lang.IllegalStateException: cannot count"));
  }

  @Test
  void aTimerFiresOnceAndMayBeSetAgainFromWithin() {
    driver =
        new Driver() {
          @Override
          public void onTimer(long nowRawNanos) {
            sink.wakeAt(nowRawNanos + SECOND);
          }
        };
    sink.wakeAt(5 * SECOND);
    assertThat(host.nextWakeRawNanos()).isEqualTo(5 * SECOND);

    host.wake(5 * SECOND);

    assertThat(host.nextWakeRawNanos()).isEqualTo(6 * SECOND);
  }

  @Test
  void theStateOfTheLineReachesTheBrainWithItsReason() {
    host.lineUp(NO_LINE, 0);
    host.lineDown("gps: unplugged", 1);

    assertThat(events)
        .containsExactly(
            new Event.Line("gps", true, ""), new Event.Line("gps", false, "gps: unplugged"));
  }

  private static final LineControl NO_LINE =
      new LineControl() {
        @Override
        public void write(byte[] octets) {}

        @Override
        public void setBaud(int baud) {}

        @Override
        public void setDataTerminalReady(boolean ready) {}
      };
}
