package org.timeball.driver.template;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.Label;
import org.timeball.testkit.Chunking;
import org.timeball.testkit.Findings;
import org.timeball.testkit.GoldenLog;
import org.timeball.testkit.Recording;
import org.timeball.testkit.Replay;

class TemplateDriverTest {
  private static final Path RECORDINGS = Path.of("test/resources");

  private final TemplateProvider provider = new TemplateProvider();

  static List<Path> recordings() {
    return GoldenLog.in(RECORDINGS);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void makesOfEachRecordingWhatItsGoldenFileSays(Path log) throws IOException {
    GoldenLog.check(provider, log);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 4096})
  void readsTheSameHoweverTheOctetsAreCut(int octets) throws IOException {
    Recording recording = Recording.read(RECORDINGS.resolve("good.log"));
    List<Label> whole = new Replay(provider).run(recording).labels();

    List<Label> cut = new Replay(provider).chunking(Chunking.of(octets)).run(recording).labels();

    assertThat(cut).hasSameSizeAs(whole).isNotEmpty();
    assertThat(cut).extracting(Label::utc).isEqualTo(whole.stream().map(Label::utc).toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void findsNothingInNoiseAndThrowsNothing(long seed) {
    byte[] noise = new byte[50_000];
    new SplittableRandom(seed).nextBytes(noise);

    Findings findings = new Replay(provider).run(Recording.raw("noise", noise));

    assertThat(findings.labels()).isEmpty();
    assertThat(findings.rejections()).isNotEmpty();
  }

  @Test
  void isOfGoodCheerAfterAMegabyteWithoutALineEnd() {
    String endless = "7".repeat(1_000_000) + "\r\n2026-11-23 12:00:00 A\r\n";

    Findings findings =
        new Replay(provider).run(Recording.raw("endless", endless.getBytes(ISO_8859_1)));

    assertThat(findings.rejections()).hasSize(1);
    assertThat(findings.labels()).hasSize(1);
  }

  @Test
  void isFoundByItsNameInTheConfiguration() {
    assertThat(ServiceLoader.load(DriverProvider.class))
        .extracting(DriverProvider::name)
        .contains("template");
  }
}
