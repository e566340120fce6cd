package org.timeball.platform.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.platform.line.LineListener;
import org.timeball.platform.line.LineThread;
import org.timeball.platform.line.RecordingListener;
import org.timeball.platform.line.RecordingListener.Happening.Down;
import org.timeball.platform.line.RecordingListener.Happening.Octets;
import org.timeball.platform.line.RecordingListener.Happening.Up;
import org.timeball.platform.line.ReopenPause;
import org.timeball.platform.pty.PseudoTerminal;
import org.timeball.spi.LineControl;

/** The real library on a real pseudo-terminal. */
class SerialLineTest {
  private static final ReopenPause SHORT = new ReopenPause(1_000_000, 20_000_000);

  private final RecordingListener listener = new RecordingListener();
  private @TempDir Path directory;

  private LineThread started(Path device) {
    LineThread thread =
        new LineThread(
            new SerialLine(device, 9600, System::nanoTime), listener, System::nanoTime, SHORT);
    thread.start();
    return thread;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes all of it, waiting for the reader as a slower wire would. */
  private void send(PseudoTerminal pty, byte[] octets) throws IOException {
    int sent = 0;
    while (sent < octets.length) {
      int taken = pty.write(octets, sent, octets.length - sent);
      sent += taken;
      if (taken == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void everyOctetArrivesIntactAndInOrderWithTheTimesOfItsRead() throws IOException {
    try (PseudoTerminal pty = PseudoTerminal.open();
        LineThread _ = started(pty.path())) {
      listener.next(Up.class);
      long before = System.nanoTime();
      String sentence = "$GPRMC,120000.00,A,4656.88,N,00726.64,E,0.0,,231126,,,A*6B\r\n";
      send(pty, octets(sentence));

      byte[] seen = new byte[0];
      while (seen.length < sentence.length()) {
        Octets part = listener.next(Octets.class);
        assertThat(part.firstRawNanos()).isLessThanOrEqualTo(part.lastRawNanos());
        assertThat(part.lastRawNanos()).isBetween(before, System.nanoTime());
        int old = seen.length;
        seen = Arrays.copyOf(seen, old + part.octets().length);
        System.arraycopy(part.octets(), 0, seen, old, part.octets().length);
      }
      assertThat(new String(seen, StandardCharsets.US_ASCII)).isEqualTo(sentence);
    }
  }

  @Test
  void noiseOfEveryValueArrivesUnchanged() throws IOException {
    byte[] noise = new byte[20_000];
    new SplittableRandom(11).nextBytes(noise);
    try (PseudoTerminal pty = PseudoTerminal.open();
        LineThread _ = started(pty.path())) {
      listener.next(Up.class);
      send(pty, noise);
      assertThat(listener.octets(noise.length)).isEqualTo(noise);
    }
  }

  @Test
  void aFloodWhileNobodyReadsFillsTheLineAndWhatItTookArrivesLater() throws Exception {
    byte[] block = new byte[1_000];
    Arrays.fill(block, (byte) 'U');
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    LineListener slow =
        new LineListener() {
          @Override
          public void lineUp(LineControl control, long nowRawNanos) {
            listener.lineUp(control, nowRawNanos);
            blocked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void lineDown(String reason, long nowRawNanos) {
            listener.lineDown(reason, nowRawNanos);
          }

          @Override
          public void octets(
              byte[] octets, int offset, int length, long firstRawNanos, long lastRawNanos) {
            listener.octets(octets, offset, length, firstRawNanos, lastRawNanos);
          }
        };
    try (PseudoTerminal pty = PseudoTerminal.open();
        LineThread thread =
            new LineThread(
                new SerialLine(pty.path(), 9600, System::nanoTime),
                slow,
                System::nanoTime,
                SHORT)) {
      thread.start();
      blocked.await();
      int taken = 0;
      for (int last = 1; last > 0; taken += last) {
        last = pty.write(block, 0, block.length);
      }
      release.countDown();

      listener.next(Up.class);
      assertThat(taken).isGreaterThan(1_000);
      assertThat(listener.octets(taken)).hasSize(taken).containsOnly('U');
    }
  }

  @Test
  void aPulledPlugIsSaidAndTheLineComesBackWhenItIsPluggedInAgain() throws IOException {
    Path device = directory.resolve("serial0");
    PseudoTerminal first = PseudoTerminal.open();
    Files.createSymbolicLink(device, first.path());
    try (LineThread _ = started(device)) {
      listener.next(Up.class);
      first.close();
      assertThat(listener.next(Down.class).reason()).contains("serial0").contains("lost");

      try (PseudoTerminal second = PseudoTerminal.open()) {
        Files.delete(device);
        Files.createSymbolicLink(device, second.path());
        listener.skipTo(Up.class);
        send(second, octets("back"));
        assertThat(listener.octets(4)).isEqualTo(octets("back"));
      }
    }
  }

  @Test
  void aLineThatComesAndGoesLeaksNoDescriptor() throws IOException {
    Path device = directory.resolve("serial0");
    try (LineThread _ = started(device)) {
      long before = 0;
      for (int i = 0; i < 12; i++) {
        try (PseudoTerminal pty = PseudoTerminal.open()) {
          Files.deleteIfExists(device);
          Files.createSymbolicLink(device, pty.path());
          listener.skipTo(Up.class);
        }
        listener.next(Down.class);
        Files.deleteIfExists(device);
        if (i == 1) {
          before = openDescriptors();
        }
      }
      assertThat(openDescriptors()).isLessThan(before + 5);
    }
  }

  @Test
  void aDeviceThatIsNotThereSaysSoOnce() {
    try (LineThread _ = started(directory.resolve("ttyAMA9"))) {
      assertThat(listener.next(Down.class).reason())
          .startsWith(directory.resolve("ttyAMA9") + ": no such device")
          .contains("scripts/timeball doctor");
    }
    assertThat(listener.rest()).isEmpty();
  }

  @Test
  void aFileThatIsNoSerialDeviceIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "no line");
    try (LineThread _ = started(file)) {
      assertThat(listener.next(Down.class).reason()).startsWith(file.toString());
    }
  }

  @Test
  void aSecondReaderOfTheSameLineIsRefused() throws IOException {
    try (PseudoTerminal pty = PseudoTerminal.open();
        LineThread _ = started(pty.path())) {
      listener.next(Up.class);
      RecordingListener other = new RecordingListener();
      try (LineThread second =
          new LineThread(
              new SerialLine(pty.path(), 9600, System::nanoTime), other, System::nanoTime, SHORT)) {
        second.start();
        assertThat(other.next(Down.class).reason()).startsWith(pty.path().toString());
      }
    }
  }

  @Test
  void aLineThatAnotherProgramHasLockedSaysWhichProgram() throws Exception {
    try (PseudoTerminal pty = PseudoTerminal.open()) {
      Process other =
          new ProcessBuilder(
                  "sh", "-c", "exec 9<>" + pty.path() + "; flock -x 9; echo locked; read line")
              .start();
      try {
        assertThat(other.inputReader().readLine()).isEqualTo("locked");
        try (LineThread _ = started(pty.path())) {
          assertThat(listener.next(Down.class).reason())
              .isEqualTo(
                  pty.path()
                      + ": already in use by sh (process "
                      + other.pid()
                      + "). Stop it, or name another line.");
        }
      } finally {
        other.getOutputStream().close();
        other.waitFor();
      }
    }
  }

  @Test
  void whatADriverWritesComesOutInOrderAndTheSpeedChangesAfterIt() throws IOException {
    try (PseudoTerminal pty = PseudoTerminal.open();
        LineThread _ = started(pty.path())) {
      LineControl control = listener.next(Up.class).control();
      control.write(octets("$PMTK251,38400*27\r\n"));
      control.setBaud(38_400);
      control.setDataTerminalReady(true);
      control.write(octets("$PMTK220,1000*1F\r\n"));

      StringBuilder seen = new StringBuilder();
      byte[] part = new byte[64];
      while (seen.length() < 37) {
        int count = pty.read(part, 30_000);
        assertThat(count).as("octets in 30 s").isPositive();
        seen.append(new String(part, 0, count, StandardCharsets.US_ASCII));
      }
      assertThat(seen).hasToString("$PMTK251,38400*27\r\n$PMTK220,1000*1F\r\n");
      send(pty, octets("still read"));
      assertThat(listener.octets(10)).isEqualTo(octets("still read"));
    }
  }

  private static long openDescriptors() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }
}
