package org.timeball.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.Edge;
import org.timeball.spi.LineNeed;

/**
 * Runs a driver from a recording: feeds it octets and edges at the times they arrived, runs its
 * timer, and collects what it found.
 *
 * <pre>
 * Findings findings = new Replay(new NmeaProvider()).set("sentence", "RMC").run(recording);
 * </pre>
 */
public final class Replay {
  /** Where raw time begins; arbitrary, and not 0, so that nobody comes to rely on 0. */
  public static final long START_RAW_NANOS = 1_000_000_000_000L;

  /** The day before which no GPS time can be; so nothing is repaired unless a floor is given. */
  private static final LocalDate GPS_BEGAN = LocalDate.of(1980, 1, 6);

  /** Start bit, eight data bits, stop bit. */
  private static final long BITS_PER_OCTET = 10;

  /** The line is quiet for so long after the recording, so that timers settle what is pending. */
  private static final long QUIET_AFTER_NANOS = 1_000_000_000L;

  private final DriverProvider provider;
  private final Map<String, String> settings = new HashMap<>();
  private LocalDate notBefore = GPS_BEGAN;
  private Chunking chunking = Chunking.of(64);
  private int baud = 9600;

  public Replay(DriverProvider provider) {
    this.provider = provider;
  }

  /** A setting as it would be written in the configuration. The recording's own come first. */
  public Replay set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** The floor date; without one, the day GPS began. The recording's own comes first. */
  public Replay notBefore(LocalDate day) {
    notBefore = day;
    return this;
  }

  public Replay chunking(Chunking chunking) {
    this.chunking = chunking;
    return this;
  }

  /** How fast octets follow each other. */
  public Replay baud(int baud) {
    this.baud = baud;
    return this;
  }

  /**
   * Runs the recording from its beginning to its end.
   *
   * @throws IllegalArgumentException if the driver does not have a setting, or refuses its value
   */
  public Findings run(Recording recording) {
    return new Run(recording).findings();
  }

  /** One driver, from the first step to the last. */
  private final class Run {
    private final Findings findings = new Findings(START_RAW_NANOS);
    private final Driver driver;
    private final FakeLine line;
    private final OptionalInt lineBaud;
    private long freeAtRawNanos = START_RAW_NANOS;

    Run(Recording recording) {
      Map<String, String> words = new HashMap<>(settings);
      words.putAll(recording.settings());
      TextSettings checked =
          new TextSettings(provider.settings(), words, recording.notBefore().orElse(notBefore));
      driver = provider.create(checked, findings);
      line = new FakeLine(findings, baudOf(provider.line(checked)));
      lineBaud = recording.lineBaud();

      driver.onLineUp(line, START_RAW_NANOS);
      recording.steps().forEach(this::take);
      runTimersUntil(freeAtRawNanos + QUIET_AFTER_NANOS);
    }

    Findings findings() {
      return findings;
    }

    private void take(Step step) {
      long rawNanos = START_RAW_NANOS + step.atNanos();
      switch (step) {
        case Step.Octets octets -> takeOctets(octets.latin1().getBytes(ISO_8859_1), rawNanos);
        case Step.PulseEdge edge -> {
          runTimersUntil(rawNanos);
          driver.onEdge(new Edge(rawNanos, edge.rising(), edge.sequence()));
        }
        case Step.LineUp up -> {
          runTimersUntil(rawNanos);
          driver.onLineUp(line, rawNanos);
        }
        case Step.LineDown down -> {
          runTimersUntil(rawNanos);
          driver.onLineDown(rawNanos);
        }
        case Step.Demand demand -> {
          runTimersUntil(rawNanos);
          driver.onDemand(rawNanos);
        }
        case Step.End end -> runTimersUntil(rawNanos);
      }
    }

    /** Octets follow each other at the line's speed, also those of lines that came too close. */
    private void takeOctets(byte[] octets, long startRawNanos) {
      int speed = lineBaud.orElse(baud);
      long nanosPerOctet = BITS_PER_OCTET * 1_000_000_000L / speed;
      long firstEnds = Math.max(startRawNanos, freeAtRawNanos);
      int from = 0;
      while (from < octets.length) {
        int length = chunking.next(octets.length - from);
        long first = firstEnds + from * nanosPerOctet;
        long last = first + (length - 1) * nanosPerOctet;
        runTimersUntil(last);
        byte[] heard = heard(octets, from, length);
        driver.onOctets(heard, 0, length, first, last);
        from += length;
      }
      freeAtRawNanos = firstEnds + octets.length * nanosPerOctet;
    }

    /** What the line hands over: the octets, or at another speed noise, the same each time. */
    private byte[] heard(byte[] octets, int from, int length) {
      boolean garbled = lineBaud.isPresent() && line.baud() != lineBaud.getAsInt();
      byte[] heard = new byte[length];
      for (int i = 0; i < length; i++) {
        int octet = octets[from + i];
        heard[i] = (byte) (garbled ? (octet * 0x9D ^ 0x80) + 0x3B * (from + i) : octet);
      }
      return heard;
    }

    private void runTimersUntil(long rawNanos) {
      while (findings.takeTimerUntil(rawNanos)) {
        driver.onTimer(findings.timerRawNanos());
      }
    }
  }

  private static int baudOf(LineNeed need) {
    return switch (need) {
      case LineNeed.Serial serial -> serial.bauds().getFirst();
      case LineNeed.Modem modem -> modem.baud();
      case LineNeed.Pulses _, LineNeed.Socket _, LineNeed.SharedMemory _ -> 0;
    };
  }
}
