package org.timeball.driver.template;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import org.timeball.spi.Driver;
import org.timeball.spi.Health;
import org.timeball.spi.Label;
import org.timeball.spi.LineControl;
import org.timeball.spi.Pace;
import org.timeball.spi.Rejection;
import org.timeball.spi.Sink;
import org.timeball.time.Leap;
import org.timeball.time.UtcTime;

/**
 * Gathers octets to lines and lines to labels.
 *
 * <p>Whatever arrives, nothing is thrown and nothing grows: a line that is too long is thrown away
 * up to its end, and what cannot be read is handed over as a rejection.
 */
final class TemplateDriver implements Driver {
  /** What carries the label; lateness is learned for each kind apart. */
  private static final String KIND = "line";

  /** {@code YYYY-MM-DD HH:MM:SS Q}. */
  private static final int LINE_OCTETS = 21;

  private static final int QUALITY = 20;

  private final Sink sink;
  private final Pace pace = new Pace();

  private final byte[] line = new byte[LINE_OCTETS];
  private int lineLength;
  private long lineOffset;
  private long lineStartRawNanos;

  private long octetsSeen;
  private Health.Fix fix = Health.Fix.UNKNOWN;

  TemplateDriver(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void onLineUp(LineControl control, long nowRawNanos) {
    lineLength = 0;
    octetsSeen = 0;
    pace.reset();
  }

  @Override
  public void onOctets(byte[] octets, int offset, int length, long firstNanos, long lastNanos) {
    for (int i = 0; i < length; i++) {
      onOctet(octets[offset + i], Driver.arrivalOf(i, length, firstNanos, lastNanos));
      octetsSeen++;
    }
  }

  private void onOctet(byte octet, long rawNanos) {
    if (octet == '\r' || octet == '\n') {
      if (lineLength > 0) {
        onLine(rawNanos);
      }
      lineLength = 0;
      return;
    }
    if (lineLength == 0) {
      lineOffset = octetsSeen;
      lineStartRawNanos = rawNanos;
    }
    if (lineLength < LINE_OCTETS) {
      line[lineLength] = octet;
    }
    // Counted but not kept: so an endless line is refused, once, at its end.
    lineLength = Math.min(lineLength + 1, LINE_OCTETS + 1);
  }

  private void onLine(long endRawNanos) {
    String text = new String(line, 0, Math.min(lineLength, LINE_OCTETS), ISO_8859_1);
    if (lineLength != LINE_OCTETS) {
      sink.rejected(new Rejection("wrong length", text));
      return;
    }
    char quality = text.charAt(QUALITY);
    if (quality != 'A' && quality != 'V') {
      sink.rejected(new Rejection("unknown quality", text));
      return;
    }
    UtcTime utc;
    try {
      utc = parse(text);
    } catch (DateTimeException e) {
      sink.rejected(new Rejection("no such time", text));
      return;
    }
    Label.Standing standing = quality == 'V' ? Label.Standing.NO_FIX : pace.judge(utc, endRawNanos);
    sink.label(
        new Label(
            utc, true, KIND, lineOffset, lineStartRawNanos, endRawNanos, Leap.NONE, standing));
    tellFix(quality == 'A' ? Health.Fix.TIME_ONLY : Health.Fix.NONE);
  }

  /** Reads {@code 2026-11-23 12:00:00 A}; a leap second is written as 23:59:60. */
  private static UtcTime parse(String text) {
    LocalDate day = LocalDate.parse(text.substring(0, 10));
    String time = text.substring(11, 19);
    boolean leapSecond = time.equals("23:59:60");
    LocalTime ofDay = LocalTime.parse(leapSecond ? "23:59:59" : time);
    if (text.charAt(10) != ' ' || text.charAt(19) != ' ') {
      throw new DateTimeException("words run together");
    }
    return new UtcTime(day.toEpochDay() * 86_400 + ofDay.toSecondOfDay(), 0, leapSecond);
  }

  /** Health is for changes. */
  private void tellFix(Health.Fix now) {
    if (now != fix) {
      fix = now;
      sink.health(Health.UNKNOWN.withFix(now));
    }
  }
}
