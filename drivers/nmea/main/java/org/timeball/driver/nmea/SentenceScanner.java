package org.timeball.driver.nmea;

/**
 * Finds sentences in octets, one at a time. A dollar sign always begins a new one, so that no
 * damage outlives the sentence it is in. Allocates nothing.
 */
final class SentenceScanner {
  /** What an octet completed. */
  enum Outcome {
    NOTHING,
    /** A sentence with the right checksum. */
    SENTENCE,
    /** A line that ended before any checksum. */
    WITHOUT_CHECKSUM,
    BAD_CHECKSUM,
    /** Cut short by another sentence or by an octet that is no text. */
    DAMAGED,
    /** Too long for a kind that is read. */
    TOO_LONG
  }

  private enum State {
    HUNT,
    BODY,
    FIRST_DIGIT,
    SECOND_DIGIT
  }

  /** No maker's own sentence in any recording is half as long. */
  private static final int ENDLESS_OCTETS = 1024;

  /** Fewer octets behind a dollar sign are noise that has a dollar sign in it. */
  private static final int ADDRESS_OCTETS = 6;

  private Sentence current = new Sentence();
  private Sentence completed = new Sentence();
  private State state = State.HUNT;
  private int octets;
  private int checksum;
  private int expected;
  private long noise;

  /** The sentence of the last outcome, good until the next outcome. */
  Sentence sentence() {
    return completed;
  }

  /** Octets since the last call that belong to no sentence. */
  long takeNoise() {
    long taken = noise;
    noise = 0;
    return taken;
  }

  /** What is half read is void. */
  void reset() {
    state = State.HUNT;
    octets = 0;
  }

  Outcome accept(byte octet, long rawNanos, long octetOffset) {
    if (octet == '$') {
      Outcome cut = state == State.HUNT ? Outcome.NOTHING : damaged(rawNanos);
      begin(rawNanos, octetOffset);
      return cut;
    }
    return switch (state) {
      case HUNT -> {
        hunt(octet, rawNanos, octetOffset);
        yield Outcome.NOTHING;
      }
      case BODY -> body(octet, rawNanos);
      case FIRST_DIGIT -> {
        expected = Character.digit(octet, 16) << 4;
        if (expected < 0) {
          yield damaged(rawNanos);
        }
        state = State.SECOND_DIGIT;
        yield Outcome.NOTHING;
      }
      case SECOND_DIGIT -> {
        int digit = Character.digit(octet, 16);
        yield digit < 0 ? damaged(rawNanos) : complete(expected | digit, rawNanos);
      }
    };
  }

  private void hunt(byte octet, long rawNanos, long octetOffset) {
    if (octet == '!') {
      // Ships' reports begin so; they are sentences, and no noise.
      begin(rawNanos, octetOffset);
    } else if (octet != '\r' && octet != '\n') {
      noise++;
    }
  }

  private void begin(long rawNanos, long octetOffset) {
    state = State.BODY;
    octets = 0;
    checksum = 0;
    current.begin(octetOffset, rawNanos);
  }

  private Outcome body(byte octet, long rawNanos) {
    if (octet == '*') {
      state = State.FIRST_DIGIT;
      return Outcome.NOTHING;
    }
    if (octet == '\r' || octet == '\n') {
      finish(rawNanos);
      return octets < ADDRESS_OCTETS ? forget() : Outcome.WITHOUT_CHECKSUM;
    }
    if (octet < ' ' || octet == 0x7F || octets == ENDLESS_OCTETS) {
      return damaged(rawNanos);
    }
    octets++;
    checksum ^= octet;
    current.add(octet);
    return Outcome.NOTHING;
  }

  private Outcome complete(int claimed, long rawNanos) {
    finish(rawNanos);
    if (claimed != checksum) {
      return Outcome.BAD_CHECKSUM;
    }
    boolean whole = octets == completed.length();
    return whole || completed.kind() == SentenceKind.OTHER ? Outcome.SENTENCE : Outcome.TOO_LONG;
  }

  private Outcome damaged(long rawNanos) {
    finish(rawNanos);
    return octets < ADDRESS_OCTETS ? forget() : Outcome.DAMAGED;
  }

  private void finish(long rawNanos) {
    state = State.HUNT;
    current.end(rawNanos);
    Sentence swapped = completed;
    completed = current;
    current = swapped;
  }

  private Outcome forget() {
    noise += octets + 1L;
    return Outcome.NOTHING;
  }
}
