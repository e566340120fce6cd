package org.timeball.driver.nmea;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.spi.Label;
import org.timeball.spi.LineNeed;
import org.timeball.testkit.Chunking;
import org.timeball.testkit.Findings;
import org.timeball.testkit.Recording;
import org.timeball.testkit.Replay;
import org.timeball.testkit.TextSettings;

class NmeaDriverTest {
  private static final int NOON = 12 * 3600;

  private final NmeaProvider provider = new NmeaProvider();

  private static String sentence(String body) {
    int checksum = 0;
    for (int i = 0; i < body.length(); i++) {
      checksum ^= body.charAt(i);
    }
    return String.format("$%s*%02X", body, checksum);
  }

  private static String rmc(int secondOfDay) {
    return rmcAt(time(secondOfDay));
  }

  private static String rmcAt(String time) {
    return sentence("GNRMC," + time + ",A,4656.88,N,00726.64,E,0.0,,231126,,,A");
  }

  private static String gga(int secondOfDay) {
    return ggaAt(time(secondOfDay), 9);
  }

  private static String ggaAt(String time, int satellites) {
    return sentence(
        "GNGGA," + time + ",4656.88,N,00726.64,E,1," + satellites + ",0.9,550,M,48,M,,");
  }

  private static String time(int secondOfDay) {
    return String.format(
        Locale.ROOT,
        "%02d%02d%02d.00",
        secondOfDay / 3600,
        secondOfDay / 60 % 60,
        secondOfDay % 60);
  }

  private static Recording timed(String lines) {
    return Recording.of("timed", ("@not-before 2026-01-01\n" + lines).getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void findsNothingInNoiseAndThrowsNothing(long seed) {
    byte[] noise = new byte[200_000];
    new SplittableRandom(seed).nextBytes(noise);

    Findings findings = new Replay(provider).baud(460_800).run(Recording.raw("noise", noise));

    assertThat(findings.labels()).isEmpty();
    assertThat(findings.rejections()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "$", "!", "$GNRMC,", "\0", "\u00FF", "\u00B5", "\u00D3"})
  void readsTheSentenceBehindAMegabyteWithoutALineEnd(String endless) {
    String text = endless.repeat(1_000_000 / endless.length()) + "\r\n" + rmc(NOON) + "\r\n";

    Findings findings =
        new Replay(provider).baud(460_800).run(Recording.raw("endless", text.getBytes(ISO_8859_1)));

    assertThat(findings.labels()).singleElement().extracting(Label::kind).isEqualTo("RMC");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void readsOnlyMomentsThatWereSentThroughADamagedLine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append(rmc(NOON + i)).append("\r\n").append(gga(NOON + i)).append("\r\n");
    }
    byte[] damaged = Damage.to(text.toString().getBytes(ISO_8859_1), random);

    List<Label> labels =
        new Replay(provider)
            .chunking(Chunking.random(random, 200))
            .run(Recording.raw("damaged", damaged))
            .labels();

    assertThat(labels).hasSizeBetween(500, 1000);
    long before = 0;
    for (Label label : labels) {
      assertThat(label.utc().unixSeconds()).isGreaterThanOrEqualTo(before);
      before = label.utc().unixSeconds();
      assertThat(label.utc().toString()).startsWith("2026-11-23T12:0");
    }
  }

  private static String zda(int secondOfDay) {
    return sentence("GNZDA," + time(secondOfDay) + ",23,11,2026,00,00");
  }

  @Test
  void aZdaHeardBeforeTheFirstClaimIsNotTakenForAReceiverWithoutAFix() {
    String recording =
        "+0.1 %s%n+1.0 %s%n+1.1 %s%n+2.0 %s%n"
            .formatted(zda(NOON), rmc(NOON + 1), zda(NOON + 1), rmc(NOON + 2));

    Findings findings =
        new Replay(provider).run(Recording.of("within a burst", recording.getBytes(ISO_8859_1)));

    assertThat(findings.labels())
        .extracting(Label::standing)
        .containsExactly(
            Label.Standing.UNCONFIRMED,
            Label.Standing.UNCONFIRMED,
            Label.Standing.SPARE,
            Label.Standing.CARRIER);
  }

  @Test
  void zdaAloneIsNoFixOnceOtherSentencesHaveHadTheirTime() {
    StringBuilder recording = new StringBuilder();
    for (int second = 1; second <= 12; second++) {
      recording.append("+%d.1 %s%n".formatted(second, zda(NOON + second)));
    }

    Findings findings =
        new Replay(provider)
            .run(Recording.of("ZDA alone", recording.toString().getBytes(ISO_8859_1)));

    assertThat(findings.labels().getFirst().standing()).isEqualTo(Label.Standing.UNCONFIRMED);
    assertThat(findings.labels().getLast().standing()).isEqualTo(Label.Standing.NO_FIX);
    assertThat(findings.carriers()).isEmpty();
  }

  @Test
  void tellsHealthAtMostOnceASecondFromAReceiverThatSpeaksTenTimesAsOften() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      String time = time(NOON + i / 10).replace(".00", "." + i % 10 + "0");
      lines
          .append(String.format(Locale.ROOT, "+%d.%d %s%n", i / 10, i % 10, rmcAt(time)))
          .append(String.format(Locale.ROOT, "+%d.%d5 %s%n", i / 10, i % 10, ggaAt(time, i % 12)));
    }

    Findings findings = new Replay(provider).baud(115_200).run(timed(lines.toString()));

    assertThat(findings.healths()).hasSizeBetween(5, 11);
    assertThat(findings.carriers()).hasSizeGreaterThan(80);
  }

  @Test
  void givesEachLabelTheTimesOfItsFirstAndLastOctet() {
    Findings findings = new Replay(provider).run(timed("+1.5 " + rmc(NOON) + "\n"));

    Label label = findings.labels().getFirst();
    assertThat(label.startRawNanos() - Replay.START_RAW_NANOS).isEqualTo(1_500_000_000L);
    assertThat((label.endRawNanos() - label.startRawNanos()) * 1e-9 * 960)
        .isCloseTo(rmc(NOON).length() - 1, within(0.01));
    assertThat(label.octetOffset()).isZero();
  }

  @Test
  void takesTheFirstOfTheSpeedsAndRefusesNoneAtAll() {
    assertThat(provider.line(settings(Map.of("device", "/dev/x"))))
        .isEqualTo(
            new LineNeed.Serial(
                "/dev/x", List.of(9600, 38400, 115200, 4800, 57600, 19200, 230400, 460800)));
    assertThatThrownBy(() -> provider.line(settings(Map.of("baud", ","))))
        .hasMessageContaining("'baud' is empty");
    assertThatThrownBy(() -> provider.line(settings(Map.of("baud", "300"))))
        .hasMessageContaining("outside 1200 to 4000000");
  }

  private TextSettings settings(Map<String, String> words) {
    return new TextSettings(provider.settings(), words, LocalDate.of(2026, 1, 1));
  }
}
