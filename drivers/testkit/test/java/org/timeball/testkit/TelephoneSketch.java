package org.timeball.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.LineControl;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Rejection;
import org.timeball.spi.Sample;
import org.timeball.spi.Setting;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;
import org.timeball.time.Leap;

/**
 * A clock on the telephone in as few words as possible: dials on demand, tries one number after the
 * other, reads a line of text for each second, hangs up. It shows that the contract holds a
 * dialogue on a modem; the time code is invented.
 */
final class TelephoneSketch implements DriverProvider {
  private static final long SECOND_NANOS = 1_000_000_000L;

  @Override
  public String name() {
    return "telephone-sketch";
  }

  @Override
  public String summary() {
    return "a clock on the telephone";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("device", Setting.Type.TEXT, "the modem"),
        Setting.required("numbers", Setting.Type.TEXTS, "numbers to dial, in this order"));
  }

  @Override
  public LineNeed line(Settings settings) {
    return new LineNeed.Modem(settings.text("device").orElse(""), 19_200);
  }

  @Override
  public Driver create(Settings settings, Sink sink) {
    return new Call(settings.texts("numbers"), sink);
  }

  private enum State {
    IDLE,
    MODEM,
    DIALLING,
    TALKING
  }

  private static final class Call implements Driver {
    private final List<String> numbers;
    private final Sink sink;
    private final StringBuilder text = new StringBuilder();
    private LineControl line;
    private State state = State.IDLE;
    private int number;
    private int samples;

    Call(List<String> numbers, Sink sink) {
      this.numbers = numbers;
      this.sink = sink;
    }

    @Override
    public void onLineUp(LineControl line, long nowRawNanos) {
      this.line = line;
      state = State.IDLE;
    }

    @Override
    public void onDemand(long nowRawNanos) {
      if (state == State.IDLE) {
        number = 0;
        callModem(nowRawNanos);
      }
    }

    private void callModem(long nowRawNanos) {
      line.setDataTerminalReady(true);
      line.write("ATE0\r".getBytes(ISO_8859_1));
      enter(State.MODEM, nowRawNanos, 3);
    }

    private void enter(State next, long nowRawNanos, long seconds) {
      state = next;
      samples = 0;
      sink.wakeAt(nowRawNanos + seconds * SECOND_NANOS);
    }

    @Override
    public void onOctets(byte[] octets, int offset, int length, long firstNanos, long lastNanos) {
      for (int i = offset; i < offset + length; i++) {
        if (octets[i] != '\r' && octets[i] != '\n') {
          text.append((char) (octets[i] & 0xFF));
        } else if (!text.isEmpty()) {
          onLine(text.toString(), Driver.arrivalOf(i - offset, length, firstNanos, lastNanos));
          text.setLength(0);
        }
      }
    }

    private void onLine(String said, long rawNanos) {
      switch (state) {
        case IDLE -> {}
        case MODEM -> {
          if (said.equals("OK")) {
            line.write(("ATDT" + numbers.get(number) + "\r").getBytes(ISO_8859_1));
            enter(State.DIALLING, rawNanos, 60);
          }
        }
        case DIALLING -> {
          if (said.startsWith("CONNECT")) {
            enter(State.TALKING, rawNanos, 60);
          } else {
            hangUp(numbers.get(number) + " did not answer: " + said, rawNanos);
          }
        }
        case TALKING -> onTimeCode(said, rawNanos);
      }
    }

    private void onTimeCode(String said, long rawNanos) {
      try {
        long unixNanos = Instant.parse(said).getEpochSecond() * SECOND_NANOS;
        sink.sample(new Sample(rawNanos, unixNanos, 0.05, Leap.NONE));
        if (++samples == 3) {
          number = numbers.size();
          hangUp("called", rawNanos);
        }
      } catch (DateTimeParseException e) {
        sink.rejected(new Rejection("no time code", said));
      }
    }

    private void hangUp(String why, long nowRawNanos) {
      line.setDataTerminalReady(false);
      sink.notice(why);
      number++;
      state = State.IDLE;
      if (number < numbers.size()) {
        sink.wakeAt(nowRawNanos + 5 * SECOND_NANOS);
      }
    }

    @Override
    public void onTimer(long nowRawNanos) {
      switch (state) {
        case IDLE -> {
          if (number < numbers.size()) {
            callModem(nowRawNanos);
          }
        }
        case MODEM -> hangUp("the modem does not answer", nowRawNanos);
        case DIALLING -> hangUp(numbers.get(number) + " did not answer in time", nowRawNanos);
        case TALKING -> hangUp(numbers.get(number) + " fell silent", nowRawNanos);
      }
    }
  }
}
