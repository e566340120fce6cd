package org.timeball.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogTest {
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  private String written(Formatter format, LogRecord... lines) {
    StreamLines handler =
        new StreamLines(new PrintStream(octets, false, StandardCharsets.UTF_8), format);
    for (LogRecord line : lines) {
      handler.publish(line);
    }
    handler.close();
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static LogRecord line(Level level, String text) {
    return new LogRecord(level, text);
  }

  @Test
  void journaldSeesThePriorityOfEveryLine() {
    assertThat(
            written(
                new JournalFormat(),
                line(Level.SEVERE, "a"),
                line(Level.WARNING, "b"),
                line(Level.INFO, "c"),
                line(Level.FINE, "d\ne")))
        .isEqualTo("<3>a\n<4>b\n<6>c\n<7>d\n<7>e\n");
  }

  @Test
  void aPersonSeesTheSentenceAndHowUrgentItIs() {
    assertThat(
            written(
                new PlainFormat(),
                line(Level.SEVERE, "no clock"),
                line(Level.WARNING, "no fix"),
                line(Level.INFO, "offset +1.2 µs")))
        .isEqualTo("error: no clock\nwarning: no fix\noffset +1.2 µs\n");
  }

  @Test
  void aFaultOfOursShowsWhereItHappened() {
    LogRecord fault = line(Level.SEVERE, "cannot be");
    fault.setThrown(new IllegalStateException("believed otherwise"));

    assertThat(written(new JournalFormat(), fault))
        .startsWith(
            "<3>cannot be\n<3>java.lang.IllegalStateException: believed otherwise\n<3>\tat ")
        .contains("LogTest");
  }

  @Test
  void whoLogsNeverWaitsForAReaderThatDoesNotRead() throws InterruptedException {
    CountDownLatch reads = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int octet) {
            try {
              reads.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            octets.write(octet);
          }
        };
    StreamLines handler =
        new StreamLines(new PrintStream(stuck, false, StandardCharsets.UTF_8), new PlainFormat());

    // Returns although nothing can be written, and although far more comes than can wait.
    for (int i = 0; i < 5_000; i++) {
      handler.publish(line(Level.INFO, "line " + i));
    }
    reads.countDown();
    handler.publish(line(Level.INFO, "last"));
    handler.close();

    assertThat(octets.toString(StandardCharsets.UTF_8))
        .startsWith("line 0\n")
        .contains(" lines were lost, because nobody read them in time\n");
  }
}
