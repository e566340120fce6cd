package org.timeball.server.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.timeball.server.config.DriverChoice;
import org.timeball.spi.Driver;
import org.timeball.spi.Edge;
import org.timeball.spi.Health;
import org.timeball.spi.Label;
import org.timeball.spi.LineControl;
import org.timeball.spi.Rejection;
import org.timeball.spi.Sample;
import org.timeball.spi.Sink;
import org.timeball.testkit.Recording;

/**
 * A serial line that says what a recording holds, as fast as it can be read but at the pace of a
 * line on the driver's own scale, so that its timers run as they would have.
 */
public final class RecordedLine implements Sink {
  /** The commonest speed; what a recording says does not depend on it. */
  public static final int BAUD = 9_600;

  private static final long NANOS_PER_OCTET = 10 * 1_000_000_000L / BAUD;

  /** The line is quiet afterwards, so that the driver's timers settle what is pending. */
  private static final long QUIET_AFTER_NANOS = 1_000_000_000L;

  private static final int CHUNK_OCTETS = 64;

  private final Consumer<Finding> found;
  private long wakeRawNanos = Long.MAX_VALUE;

  private RecordedLine(Consumer<Finding> found) {
    this.found = found;
  }

  /**
   * Plays a recording from its beginning to its end.
   *
   * @param found is handed everything in the order of the recording
   * @throws IOException if it cannot be read
   */
  public static void play(DriverChoice choice, InputStream recording, Consumer<Finding> found)
      throws IOException {
    RecordedLine line = new RecordedLine(found);
    Driver driver = choice.provider().create(choice.settings(), line);
    driver.onLineUp(NOBODY, 0);
    long now = 0;
    byte[] octets = Recording.withoutComments(recording.readAllBytes());
    for (int from = 0; from < octets.length; from += CHUNK_OCTETS) {
      int length = Math.min(CHUNK_OCTETS, octets.length - from);
      long first = now + NANOS_PER_OCTET;
      now += length * NANOS_PER_OCTET;
      line.runTimerUntil(driver, now);
      driver.onOctets(octets, from, length, first, now);
    }
    line.runTimerUntil(driver, now + QUIET_AFTER_NANOS);
  }

  private void runTimerUntil(Driver driver, long rawNanos) {
    while (wakeRawNanos <= rawNanos) {
      long due = wakeRawNanos;
      wakeRawNanos = Long.MAX_VALUE;
      driver.onTimer(due);
    }
  }

  @Override
  public void label(Label label) {
    found.accept(new Finding.Instant(label));
  }

  @Override
  public void rejected(Rejection rejection) {
    found.accept(new Finding.Refusal(rejection.reason(), rejection.detail()));
  }

  @Override
  public void notice(String sentence) {
    found.accept(new Finding.Remark(sentence));
  }

  @Override
  public void wakeAt(long rawNanos) {
    wakeRawNanos = rawNanos;
  }

  /** A recording of octets has no pulses of its own. */
  @Override
  public void pulse(Edge leading) {}

  /** A recording without arrival times cannot be measured against. */
  @Override
  public void sample(Sample sample) {}

  @Override
  public void health(Health health) {}

  /** What is written to a recording goes nowhere. */
  private static final LineControl NOBODY =
      new LineControl() {
        @Override
        public void write(byte[] octets) {}

        @Override
        public void setBaud(int baud) {}

        @Override
        public void setDataTerminalReady(boolean ready) {}
      };
}
