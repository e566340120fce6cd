package org.timeball.checks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.timeball.platform.clock.MachineTime;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.pps.SimulatedPulses;
import org.timeball.platform.pty.PseudoTerminal;

/**
 * A recording of a receiver with a sentence group a second, its times moved to now: each group is
 * sent over the cable at the line's speed, a while after the pulse of the second that it now names.
 */
final class RecordedReceiver implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long LATENESS_NANOS = 120_000_000L;

  /** Fast enough that the last sentence of a group is still clearly of the second that it names. */
  private static final int BAUD = 38_400;

  private static final int CHUNK = 16;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("ddMMyy");

  private final List<List<String>> groups;
  private final PseudoTerminal cable;
  private final SimulatedPulses pulses;
  private final PacketClock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::play);

  RecordedReceiver(String log, PseudoTerminal cable, SimulatedPulses pulses, PacketClock clock) {
    groups = groups(log);
    this.cable = cable;
    this.pulses = pulses;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Seconds of recording. */
  int seconds() {
    return groups.size();
  }

  /** A group begins with the first sentence that names another second than the one before. */
  private static List<List<String>> groups(String log) {
    List<List<String>> groups = new ArrayList<>();
    String second = "";
    for (String line : log.split("\r?\n", -1)) {
      if (!line.startsWith("$")) {
        continue;
      }
      String named = secondOf(line);
      if (!named.isEmpty() && !named.equals(second)) {
        groups.add(new ArrayList<>());
        second = named;
      }
      if (!groups.isEmpty()) {
        groups.getLast().add(line);
      }
    }
    return groups;
  }

  private static int timeField(String line) {
    return switch (line.substring(3, 6)) {
      case "RMC", "GGA", "GNS", "ZDA" -> 1;
      case "GLL" -> 5;
      default -> -1;
    };
  }

  private static String secondOf(String line) {
    int field = timeField(line);
    String[] fields = line.split(",", -1);
    return field < 0 || fields.length <= field ? "" : fields[field].split("\\.", -1)[0];
  }

  /** The sentence, naming another second; everything else as it was recorded. */
  static String moved(String line, LocalDateTime to) {
    int field = timeField(line);
    if (field < 0) {
      return line;
    }
    String[] fields = line.substring(1, line.indexOf('*')).split(",", -1);
    String old = fields[field];
    fields[field] = TIME.format(to) + (old.contains(".") ? old.substring(old.indexOf('.')) : "");
    if (fields[0].endsWith("RMC")) {
      fields[9] = DATE.format(to);
    } else if (fields[0].endsWith("ZDA")) {
      fields[2] = "%02d".formatted(to.getDayOfMonth());
      fields[3] = "%02d".formatted(to.getMonthValue());
      fields[4] = "%04d".formatted(to.getYear());
    }
    String body = String.join(",", fields);
    int sum = body.chars().reduce(0, (a, b) -> a ^ b);
    return "$" + body + "*%02X".formatted(sum);
  }

  private void play() {
    long second = MachineTime.unixNanos() / NANOS_PER_SECOND + 1;
    for (List<String> group : groups) {
      LocalDateTime now = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
      StringBuilder text = new StringBuilder();
      group.forEach(line -> text.append(moved(line, now)).append("\r\n"));
      long begin = second * NANOS_PER_SECOND;
      if (!reached(begin)) {
        return;
      }
      pulses.edge(clock.placedRawNanos(begin), true);
      send(text.toString().getBytes(StandardCharsets.ISO_8859_1), begin + LATENESS_NANOS);
      second++;
    }
  }

  private void send(byte[] octets, long beginUnixNanos) {
    long octetNanos = 10 * NANOS_PER_SECOND / BAUD;
    for (int from = 0; from < octets.length; from += CHUNK) {
      int length = Math.min(CHUNK, octets.length - from);
      if (!reached(beginUnixNanos + (from + length) * octetNanos)) {
        return;
      }
      try {
        int taken = cable.write(octets, from, length);
        if (taken < length) {
          throw new AssertionError("nobody reads the line");
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private boolean reached(long unixNanos) {
    try {
      for (long left = unixNanos - MachineTime.unixNanos();
          left > 0;
          left = unixNanos - MachineTime.unixNanos()) {
        if (closing.await(left, TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return closing.getCount() > 0;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Stops playing; its thread ends by itself. */
  @Override
  public void close() {
    closing.countDown();
  }
}
