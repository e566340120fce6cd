package org.timeball.platform.pps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.line.LineDevice.Connection;
import org.timeball.platform.line.LineListener;
import org.timeball.platform.line.LineUnavailable;
import org.timeball.spi.Edge;
import org.timeball.spi.LineControl;

class PulseDeviceTest {
  private static final long WAIT = 100_000_000L;

  /** 1795452429 s as the kernel writes it, little end first. */
  private static final String SECOND = "0d 6e 04 6b 00 00 00 00";

  /** Sequence 45 of the rising edge at .094914942; the falling edge was never seen. */
  private static final String RISE_45 =
      "2d 00 00 00  00 00 00 00 "
          + SECOND
          + " 7e 49 a8 05  00 00 00 00"
          + " 00 00 00 00 00 00 00 00  00 00 00 00  00 00 00 00  01 11 00 00  00 00 00 00";

  /** Sequence 46, and the falling edge 100 ms after it with sequence 9. */
  private static final String RISE_46_FALL_9 =
      "2e 00 00 00  09 00 00 00 "
          + SECOND
          + " 7e 49 a8 05  00 00 00 00 "
          + SECOND
          + " 7e 2a 9e 0b  00 00 00 00  03 11 00 00  00 00 00 00";

  /** The falling edge with sequence 9 came before the rise. */
  private static final String FALL_9_RISE_46 =
      "2e 00 00 00  09 00 00 00 "
          + SECOND
          + " 7e 2a 9e 0b  00 00 00 00 "
          + SECOND
          + " 7e 49 a8 05  00 00 00 00  03 11 00 00  00 00 00 00";

  private final FakePps kernel = new FakePps();
  private final List<Edge> seen = new ArrayList<>();
  private final LineListener listener =
      new LineListener() {
        @Override
        public void lineUp(LineControl control, long nowRawNanos) {}

        @Override
        public void lineDown(String reason, long nowRawNanos) {}

        @Override
        public void edge(Edge edge) {
          seen.add(edge);
        }
      };

  private PulseDevice device(Path path) {
    return new PulseDevice(path, new ShiftedClock(), kernel);
  }

  private Connection open() throws LineUnavailable {
    return device(Path.of("/dev/pps0")).open();
  }

  @Test
  void anEdgeIsReadFromTheKernelsOctetsAndPlacedOnTheRawScale() throws LineUnavailable {
    Connection connection = open();
    kernel.happens(RISE_45);

    connection.await(listener, WAIT);

    assertThat(seen)
        .containsExactly(new Edge(ShiftedClock.raw(1_795_452_429_094_914_942L), true, 45));
  }

  @Test
  void theRequestsAreTheKernelsNumbersAndOctets() throws LineUnavailable {
    Connection connection = open();
    connection.await(listener, WAIT);

    assertThat(kernel.requests)
        .containsExactly(
            "800870a3 00000000",
            "800870a1 " + "00".repeat(40),
            "c00870a4 " + "00".repeat(64),
            "c00870a4 " + "00".repeat(56) + "00e1f50500000000",
            "c00870a4 " + "00".repeat(64));
  }

  @Test
  void bothEdgesAreTurnedOnWhereTheHardwareHasThem() throws LineUnavailable {
    kernel.capabilities = 0x1173;

    open();

    assertThat(kernel.requests).contains("400870a2 " + "01000000" + "13100000" + "00".repeat(32));
  }

  @Test
  void withoutThePrivilegeToTurnOnTheOtherEdgeTheOneThatIsOnIsUsed() throws LineUnavailable {
    kernel.capabilities = 0x1173;
    kernel.mayChangeMode = false;
    Connection connection = open();
    kernel.happens(RISE_45);

    connection.await(listener, WAIT);

    assertThat(seen).hasSize(1);
  }

  @Test
  void theEdgeThatWasLatchedBeforeTheOpeningIsNotHandedOver() throws LineUnavailable {
    kernel.happensUnseen(RISE_45);
    Connection connection = open();

    connection.await(listener, WAIT);

    assertThat(seen).isEmpty();
  }

  @Test
  void anEdgeBetweenTwoFetchesIsFoundAfterTheTimeout() throws LineUnavailable {
    Connection connection = open();
    kernel.happensUnseen(RISE_45);

    connection.await(listener, WAIT);

    assertThat(seen).extracting(Edge::sequence).containsExactly(45L);
  }

  @Test
  void twoEdgesOfOneFetchComeInTheOrderInWhichTheyHappened() throws LineUnavailable {
    Connection connection = open();
    kernel.happens(RISE_46_FALL_9);
    connection.await(listener, WAIT);
    assertThat(seen).extracting(Edge::rising).containsExactly(true, false);
    assertThat(seen).extracting(Edge::sequence).containsExactly(46L, 9L);
    assertThat(seen.get(1).rawNanos() - seen.get(0).rawNanos()).isEqualTo(100_000_000L);

    seen.clear();
    Connection other = openAgain();
    kernel.happens(FALL_9_RISE_46);
    other.await(listener, WAIT);
    assertThat(seen).extracting(Edge::rising).containsExactly(false, true);
  }

  private Connection openAgain() throws LineUnavailable {
    kernel.happensUnseen("00".repeat(48));
    return open();
  }

  @Test
  void anEdgeThatCannotBePlacedIsLeftOut() throws LineUnavailable {
    Connection connection =
        new PulseDevice(
                Path.of("/dev/pps0"),
                new ShiftedClock() {
                  @Override
                  public long placedRawNanos(long realtimeNanos) {
                    return UNPLACED;
                  }
                },
                kernel)
            .open();
    kernel.happens(RISE_45);

    connection.await(listener, WAIT);

    assertThat(seen).isEmpty();
  }

  @Test
  void aFetchNeverAsksForAWaitBelowTheKernelsTick() throws LineUnavailable {
    Connection connection = open();

    connection.await(listener, 1);

    assertThat(kernel.requests).contains("c00870a4 " + "00".repeat(56) + "002d310100000000");
  }

  @Test
  void aDeviceThatVanishesIsLostWithinASecond(@TempDir Path directory) throws Exception {
    Path node = Files.createFile(directory.resolve("pps0"));
    Connection connection = device(node).open();
    for (int i = 0; i < 20; i++) {
      connection.await(listener, WAIT);
    }
    Files.delete(node);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                connection.await(listener, WAIT);
              }
            })
        .isInstanceOf(LineUnavailable.class)
        .hasMessageContaining("pps0: the device was lost");
    connection.close();
    assertThat(kernel.openDescriptors).isZero();
  }

  @Test
  void anErrorOfTheDeviceIsALossAndAnInterruptedWaitIsNot() throws LineUnavailable {
    Connection connection = open();
    kernel.fails(4);
    connection.await(listener, WAIT);
    kernel.fails(19);

    assertThatThrownBy(() -> connection.await(listener, WAIT))
        .isInstanceOf(LineUnavailable.class)
        .hasMessageContaining("no such device (errno 19)");
  }

  @ParameterizedTest
  @CsvSource({
    "2, dtoverlay=pps-gpio",
    "13, A udev rule",
    "19, is the module loaded",
    "16, errno 16"
  })
  void aDeviceThatCannotBeOpenedSaysWhatToDo(int errno, String advice) {
    kernel.openError = errno;

    assertThatThrownBy(this::open)
        .isInstanceOf(LineUnavailable.class)
        .hasMessageStartingWith("/dev/pps0: ")
        .hasMessageContaining(advice);
  }

  @Test
  void aDeviceThatCannotWaitIsRefusedAndClosed() {
    kernel.capabilities = 0x1011;

    assertThatThrownBy(this::open)
        .isInstanceOf(LineUnavailable.class)
        .hasMessageContaining("cannot wait for pulses (capabilities 0x1011)");
    assertThat(kernel.openDescriptors).isZero();
  }

  @Test
  void aRealDeviceOfAnotherKindIsRefused() {
    PulseDevice notPps = new PulseDevice(Path.of("/dev/null"), new ShiftedClock());

    assertThatThrownBy(notPps::open)
        .isInstanceOf(LineUnavailable.class)
        .hasMessage("/dev/null: is not a pulse device");
  }

  /** Raw is realtime less a constant. */
  private static class ShiftedClock implements PacketClock {
    private static final long SHIFT = 1_795_000_000_000_000_000L;

    static long raw(long realtimeNanos) {
      return realtimeNanos - SHIFT;
    }

    @Override
    public long nowUnixNanos() {
      return SHIFT;
    }

    @Override
    public long nowRawNanos() {
      return 0;
    }

    @Override
    public long unixNanosOfStamp(long realtimeNanos) {
      return realtimeNanos;
    }

    @Override
    public long rawNanosOfStamp(long realtimeNanos) {
      return raw(realtimeNanos);
    }

    @Override
    public long placedRawNanos(long realtimeNanos) {
      return raw(realtimeNanos);
    }
  }
}
