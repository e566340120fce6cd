package org.timeball.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  private static Recording of(String text) {
    return Recording.of("x.log", text.getBytes(ISO_8859_1));
  }

  @Test
  void blanksCommentsOfARawRecordingSoThatEveryOtherOctetKeepsItsPlace() {
    String raw = "# Name: x\n#\n$GPRMC,1*00\r\n# $GPRMC,2*00\n$GPGGA*00\n";

    assertThat(of(raw).steps())
        .containsExactly(
            new Step.Octets(
                0, "\n".repeat(12) + "$GPRMC,1*00\r\n" + "\n".repeat(14) + "$GPGGA*00\n"));
  }

  @Test
  void takesAClockThatBeginsItsLinesWithAnAtSignForARawRecording() {
    String raw = "@020703074155N5123045E00002011G006+00100E0000N0000U0000\r\n";

    assertThat(of(raw).steps()).containsExactly(new Step.Octets(0, raw));
  }

  @Test
  void takesNoCommentOutOfABinaryFrame() {
    String raw = "$A*00\r\n\u00B5b\u0001\u0007\n#$GPRMC,1*00\r\n";

    assertThat(of(raw).steps()).containsExactly(new Step.Octets(0, raw));
  }

  @Test
  void readsTimedLinesWithEscapesEdgesAndEvents() {
    Recording recording =
        of(
            """
            # why
            +0.5 $A\\xB5\\r\\n\\\\
            +1 no end\\
            +1.25 @rise 17
            +2 @down
            +3 @up
            +4 @end
            """);

    assertThat(recording.steps())
        .containsExactly(
            new Step.Octets(500_000_000L, "$A\u00B5\r\n\\\r\n"),
            new Step.Octets(1_000_000_000L, "no end"),
            new Step.PulseEdge(1_250_000_000L, true, 17),
            new Step.LineDown(2_000_000_000L),
            new Step.LineUp(3_000_000_000L),
            new Step.End(4_000_000_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+1 a~+0.5 b      | x.log:2: time +0.5 is before the line above",
        "+1 a~$GPRMC      | x.log:2: '$GPRMC' is neither a comment (#), a setting (@) nor",
        "+1 @jump         | x.log:1: '@jump' is none of @rise N, @fall N, @up, @down",
        "@set a b~@speed 1 | x.log:2: '@speed' is none of @set, @not-before, @line-baud",
        "@not-before      | x.log:1: '@not-before' lacks a value",
        "@not-before soon | x.log:1: Text 'soon' could not be parsed",
        "+1 \\q           | x.log:1: '\\q' is none of \\xHH",
        "+1 \\x4          | x.log:1: '\\x' needs two hexadecimal digits",
      })
  void namesTheLineThatMakesNoSense(String text, String message) {
    assertThatThrownBy(() -> of(text.replace('~', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesASettingThatTheDriverDoesNotDeclare() {
    assertThatThrownBy(() -> new Replay(new TelephoneSketch()).run(of("@set nubmers 1\n")))
        .hasMessage("there is no setting 'nubmers'; there are [device, numbers]");
  }
}
