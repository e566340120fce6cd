package org.timeball.driver.nmea;

import java.util.List;
import org.timeball.spi.LineControl;
import org.timeball.spi.Sink;

/**
 * Finds the speed the receiver speaks at, and says what it hears: nothing, noise, or sentences.
 *
 * <p>At a wrong speed octets arrive, but never two with a right checksum. Where nothing arrives no
 * speed is better than another, so it stays.
 */
final class SpeedSearch {
  /** A receiver that speaks once a second has done so twice. */
  private static final long STAY_NANOS = 2_500_000_000L;

  /** Chosen: longer than a receiver takes to start anew. */
  private static final long LOST_NANOS = 10_000_000_000L;

  /** So few are a glitch on the wire. */
  private static final int SOME_OCTETS = 20;

  private static final int PROOF = 2;

  /** What is heard, told when it changes. */
  private enum Hearing {
    YET_UNKNOWN,
    NOTHING,
    NOISE,
    SENTENCES,
    FRAMES_ONLY
  }

  private final List<Integer> bauds;
  private final Sink sink;
  private LineControl line = Mute.LINE;
  private int at;
  private boolean found;
  private Hearing hearing = Hearing.YET_UNKNOWN;

  private long staySinceRawNanos;
  private long octets;
  private int sentences;
  private int frames;

  SpeedSearch(List<Integer> bauds, Sink sink) {
    this.bauds = List.copyOf(bauds);
    this.sink = sink;
  }

  /** The line is up, at the first speed: the one found before is tried first from now on. */
  void begin(LineControl line, long nowRawNanos) {
    this.line = line;
    if (at != 0) {
      line.setBaud(bauds.get(at));
    }
    found = false;
    hearing = Hearing.YET_UNKNOWN;
    stay(nowRawNanos);
  }

  private void stay(long nowRawNanos) {
    staySinceRawNanos = nowRawNanos;
    octets = 0;
    sentences = 0;
    frames = 0;
  }

  void hearOctets(int count) {
    octets += count;
  }

  void hearSentence() {
    if (++sentences == PROOF) {
      found = true;
      tell(Hearing.SENTENCES, "sentences arrive at " + baud() + " baud");
    }
  }

  void hearFrame() {
    if (++frames == PROOF) {
      found = true;
    }
  }

  /** Time goes by. True if the speed has been changed, so that what is half read is void. */
  boolean onTimer(long nowRawNanos) {
    long stayed = nowRawNanos - staySinceRawNanos;
    if (stayed < (found ? LOST_NANOS : STAY_NANOS)) {
      return false;
    }
    if (sentences >= PROOF) {
      stay(nowRawNanos);
      return false;
    }
    if (frames >= PROOF) {
      tell(
          Hearing.FRAMES_ONLY,
          "binary frames arrive at "
              + baud()
              + " baud but no sentences; switch NMEA on at this port of the receiver (RMC at"
              + " least)");
      stay(nowRawNanos);
      return false;
    }
    boolean noise = octets >= SOME_OCTETS;
    stay(nowRawNanos);
    if (!noise) {
      tell(
          Hearing.NOTHING,
          "nothing arrives; look at the receiver's power, the wire to this pin, and 'device'");
      return false;
    }
    found = false;
    if (bauds.size() == 1) {
      tell(
          Hearing.NOISE,
          "octets arrive at "
              + baud()
              + " baud but no sentences; the speed may be wrong: leave 'baud' out to try all");
      return false;
    }
    tell(
        Hearing.NOISE,
        "octets arrive at " + baud() + " baud but no sentences; trying other speeds");
    at = (at + 1) % bauds.size();
    line.setBaud(baud());
    return true;
  }

  private int baud() {
    return bauds.get(at);
  }

  private void tell(Hearing now, String sentence) {
    if (now != hearing) {
      hearing = now;
      sink.notice(sentence);
    }
  }

  /** Before the line is up. */
  private enum Mute implements LineControl {
    LINE;

    @Override
    public void write(byte[] octets) {}

    @Override
    public void setBaud(int baud) {}

    @Override
    public void setDataTerminalReady(boolean ready) {}
  }
}
