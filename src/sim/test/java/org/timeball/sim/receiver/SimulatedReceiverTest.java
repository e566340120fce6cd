package org.timeball.sim.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.time.UtcTime;

class SimulatedReceiverTest {
  /** 2026-11-23T12:00:00Z. */
  private static final long NOON = 1_795_435_200L;

  private static final long LAST_SECOND_OF_2016 = 1_483_228_799L;

  @Test
  void namesTheSecondThatItWasTold() {
    List<String> lines = linesAt(ReceiverSettings.common(), 0, utc(NOON));

    assertThat(lines.getFirst())
        .startsWith("$GPRMC,120000.00,A,")
        .contains(",231126,")
        .endsWith("*" + checksum(lines.getFirst()));
    assertThat(lines).anyMatch(line -> line.startsWith("$GPZDA,120000.00,23,11,2026,00,00*"));
    assertThat(lines).allMatch(line -> line.endsWith("*" + checksum(line)));
  }

  @Test
  void namesTheLeapSecond() {
    List<String> lines =
        linesAt(ReceiverSettings.common(), 0, new UtcTime(LAST_SECOND_OF_2016, 0, true));

    assertThat(lines.getFirst()).startsWith("$GPRMC,235960.00,A,").contains(",311216,");
  }

  @Test
  void sendsNoFasterThanItsLine() {
    Burst burst = burstAt(ReceiverSettings.common().withBaud(4_800), 0);

    assertThat(burst.arrivalNanos(480) - burst.arrivalNanos(0))
        .isBetween(999_999_000L, 1_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void sentencesAreLateByAboutTheirMeanAndNeverEarly(long seed) {
    SimulatedReceiver receiver = new SimulatedReceiver(ReceiverSettings.common(), seed);
    double sum = 0;
    for (int i = 0; i < 1_000; i++) {
      Burst burst = receiver.second(i, utc(NOON + i)).burst().orElseThrow();
      assertThat(burst.arrivalNanos(0)).isPositive();
      sum += burst.arrivalNanos(-1) * 1e-9 / 1_000;
    }

    assertThat(sum).isBetween(0.078, 0.084);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void pulsesAreRightOnAverageWithTheJitterOfTheSettings(long seed) {
    SimulatedReceiver receiver = new SimulatedReceiver(ReceiverSettings.common(), seed);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 1_000; i++) {
      PulseShape pulse = receiver.second(i, utc(NOON + i)).pulse().orElseThrow();
      assertThat(pulse.fallingNanos() - pulse.risingNanos()).isEqualTo(100_000_000L);
      sum += pulse.risingNanos();
      squares += (double) pulse.risingNanos() * pulse.risingNanos();
    }

    assertThat(sum / 1_000).isBetween(-6.0, 6.0);
    assertThat(Math.sqrt(squares / 1_000)).isBetween(36.0, 44.0);
  }

  @Test
  void theSameSeedGivesTheSameSecondInWhateverOrderItIsAsked() {
    SimulatedReceiver one = new SimulatedReceiver(ReceiverSettings.common(), 7);
    SimulatedReceiver other = new SimulatedReceiver(ReceiverSettings.common(), 7);
    other.second(99, utc(NOON + 99));

    assertThat(other.second(3, utc(NOON + 3)).pulse())
        .isEqualTo(one.second(3, utc(NOON + 3)).pulse());
    assertThat(other.second(3, utc(NOON + 3)).burst().orElseThrow().octets())
        .isEqualTo(one.second(3, utc(NOON + 3)).burst().orElseThrow().octets());
  }

  @Test
  void beforeTheFirstFixItKnowsNoTimeAndGivesNoPulse() {
    ReceiverSettings cold = ReceiverSettings.common().withSecondsToFix(30);

    ReceiverSecond before = new SimulatedReceiver(cold, 1).second(29, utc(NOON));
    ReceiverSecond after = new SimulatedReceiver(cold, 1).second(30, utc(NOON));

    assertThat(text(before.burst().orElseThrow())).startsWith("$GPRMC,,V,,,,,0.0,0.0,,,,N*");
    assertThat(before.pulse()).isEmpty();
    assertThat(text(after.burst().orElseThrow())).startsWith("$GPRMC,120000.00,A,");
    assertThat(after.pulse()).isPresent();
  }

  @Test
  void withoutAnAntennaTheTimeGoesOnButNobodyVouchesForIt() {
    ReceiverSettings outage = ReceiverSettings.common().withFault(10, 20, new Fault.NoFix());

    ReceiverSecond during = new SimulatedReceiver(outage, 1).second(15, utc(NOON));

    assertThat(text(during.burst().orElseThrow())).startsWith("$GPRMC,120000.00,V,");
    assertThat(during.pulse()).isEmpty();
    assertThat(new SimulatedReceiver(outage, 1).second(20, utc(NOON)).pulse()).isPresent();
  }

  @Test
  void aWeekRolloverPutsTheDate1024WeeksBack() {
    ReceiverSettings old = ReceiverSettings.common().withFault(0, 9, new Fault.WeekRollover(1));

    assertThat(linesAt(old, 0, utc(NOON)).getFirst())
        .startsWith("$GPRMC,120000.00,A,")
        .contains(",090407,");
  }

  @Test
  void aWrongLeapCountPutsTheTimeAhead() {
    ReceiverSettings early = ReceiverSettings.common().withFault(0, 9, new Fault.WrongSecond(3));

    assertThat(linesAt(early, 0, utc(NOON)).getFirst()).startsWith("$GPRMC,120003.00,A,");
  }

  @Test
  void lateSentencesComeHalfASecondLater() {
    ReceiverSettings late =
        ReceiverSettings.common().withFault(5, 6, new Fault.LateSentences(0.42));

    assertThat(burstAt(late, 5).arrivalNanos(-1) - burstAt(late, 4).arrivalNanos(-1))
        .isBetween(350_000_000L, 500_000_000L);
  }

  @Test
  void aSilentLineLeavesThePulseAloneAndABrokenWireTheSentences() {
    ReceiverSettings settings =
        ReceiverSettings.common()
            .withFault(1, 2, new Fault.SilentLine())
            .withFault(2, 3, new Fault.NoPulses());
    SimulatedReceiver receiver = new SimulatedReceiver(settings, 1);

    assertThat(receiver.second(1, utc(NOON)).burst()).isEmpty();
    assertThat(receiver.second(1, utc(NOON)).pulse()).isPresent();
    assertThat(receiver.second(2, utc(NOON)).burst()).isPresent();
    assertThat(receiver.second(2, utc(NOON)).pulse()).isEmpty();
  }

  @Test
  void anInvertedPulseFallsAtTheSecond() {
    ReceiverSettings settings =
        ReceiverSettings.common().withFault(0, 1, new Fault.InvertedPulse());

    PulseShape pulse =
        new SimulatedReceiver(settings, 1).second(0, utc(NOON)).pulse().orElseThrow();

    assertThat(pulse.fallingNanos()).isBetween(-400L, 400L);
    assertThat(pulse.risingNanos() - pulse.fallingNanos()).isEqualTo(100_000_000L);
  }

  @Test
  void noiseReplacesItsShareOfOctets() {
    ReceiverSettings noisy = ReceiverSettings.common().withFault(0, 1, new Fault.Noise(0.5));

    byte[] clean = burstAt(ReceiverSettings.common(), 0).octets();
    byte[] dirty = burstAt(noisy, 0).octets();

    long changed = 0;
    for (int i = 0; i < clean.length; i++) {
      changed += clean[i] == dirty[i] ? 0 : 1;
    }
    assertThat(changed / (double) clean.length).isBetween(0.4, 0.6);
  }

  private static UtcTime utc(long unixSeconds) {
    return new UtcTime(unixSeconds, 0, false);
  }

  private static Burst burstAt(ReceiverSettings settings, long second) {
    return new SimulatedReceiver(settings, 1).second(second, utc(NOON)).burst().orElseThrow();
  }

  private static List<String> linesAt(ReceiverSettings settings, long second, UtcTime utc) {
    Burst burst = new SimulatedReceiver(settings, 1).second(second, utc).burst().orElseThrow();
    return new ArrayList<>(Arrays.asList(text(burst).split("\r\n", 0)));
  }

  private static String text(Burst burst) {
    return new String(burst.octets(), StandardCharsets.ISO_8859_1);
  }

  /** The exclusive-or of all between dollar sign and star, as NMEA 0183 has it. */
  private static String checksum(String line) {
    int sum = line.substring(1, line.indexOf('*')).chars().reduce(0, (a, b) -> a ^ b);
    return "%02X".formatted(sum);
  }

  @Test
  void aDoubledPulseComesAgainAsLateAsAskedAndOnlyMeanwhile() {
    ReceiverSettings settings =
        ReceiverSettings.common().withSecondsToFix(0).withFault(5, 6, new Fault.DoubledPulses(0.3));
    SimulatedReceiver receiver = new SimulatedReceiver(settings, 1);
    ReceiverSecond during = receiver.second(5, utc(NOON));
    PulseShape pulse = during.pulse().orElseThrow();

    assertThat(during.echo())
        .hasValue(
            new PulseShape(pulse.risingNanos() + 300_000_000, pulse.fallingNanos() + 300_000_000));
    assertThat(new SecondSchedule(during).steps())
        .filteredOn(step -> step instanceof SecondSchedule.Step.PulseEdge)
        .hasSize(4);
    assertThat(receiver.second(6, utc(NOON)).echo()).isEmpty();
  }
}
