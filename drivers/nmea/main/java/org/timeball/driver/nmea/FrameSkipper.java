package org.timeball.driver.nmea;

/**
 * Follows the binary frames that share a line with sentences: u-blox ({@code B5 62}, class, id,
 * length, payload, two check octets) and RTCM 3 ({@code D3}, length, payload, CRC-24Q).
 *
 * <p>The trap is a length that noise has changed: whoever skips what it says swallows the sentences
 * behind it, and whoever does not skip takes text out of a payload for a sentence. So the sentences
 * within a supposed frame are read but held back until its check octets settle what it was.
 */
final class FrameSkipper {
  /** What an octet did to the frame. */
  enum Progress {
    OUTSIDE,
    INSIDE,
    /** The last octet of a frame that was one. */
    GOOD,
    /** The last octet of what was none after all. */
    BAD
  }

  private enum State {
    OUTSIDE,
    UBX_SECOND,
    UBX_HEADER,
    UBX_PAYLOAD,
    UBX_CHECK,
    RTCM_LENGTH,
    RTCM_PAYLOAD,
    RTCM_CHECK
  }

  private static final int UBX_FIRST = 0xB5;
  private static final int UBX_SECOND = 0x62;
  private static final int RTCM_FIRST = 0xD3;
  private static final int UBX_HEADER_OCTETS = 4;
  private static final int RTCM_CHECK_OCTETS = 3;

  /** Longer than the longest that receivers send, raw measurements of 100 signals (3 216). */
  private static final int MOST_PAYLOAD_OCTETS = 4096;

  /** CRC-24Q, the polynomial without its highest bit. */
  private static final int CRC_POLYNOMIAL = 0x864CFB;

  private State state = State.OUTSIDE;
  private int taken;
  private int length;
  private int checkA;
  private int checkB;
  private int crc;

  boolean isInside() {
    return state != State.OUTSIDE;
  }

  void reset() {
    state = State.OUTSIDE;
  }

  Progress accept(byte signed) {
    int octet = signed & 0xFF;
    return switch (state) {
      case OUTSIDE -> start(octet);
      case UBX_SECOND -> {
        if (octet != UBX_SECOND) {
          yield start(octet);
        }
        enter(State.UBX_HEADER);
        checkA = 0;
        checkB = 0;
        length = 0;
        yield Progress.INSIDE;
      }
      case UBX_HEADER -> ubxHeader(octet);
      case UBX_PAYLOAD -> {
        sum(octet);
        yield ++taken == length ? enter(State.UBX_CHECK) : Progress.INSIDE;
      }
      case UBX_CHECK -> {
        if (++taken == 1) {
          yield octet == checkA ? Progress.INSIDE : leave(false);
        }
        yield leave(octet == checkB);
      }
      case RTCM_LENGTH -> rtcmLength(octet);
      case RTCM_PAYLOAD -> {
        divide(octet);
        yield ++taken == length ? enter(State.RTCM_CHECK) : Progress.INSIDE;
      }
      case RTCM_CHECK -> {
        divide(octet);
        yield ++taken < RTCM_CHECK_OCTETS ? Progress.INSIDE : leave(crc == 0);
      }
    };
  }

  private Progress start(int octet) {
    if (octet == UBX_FIRST) {
      return enter(State.UBX_SECOND);
    }
    if (octet == RTCM_FIRST) {
      crc = 0;
      divide(octet);
      length = 0;
      return enter(State.RTCM_LENGTH);
    }
    state = State.OUTSIDE;
    return Progress.OUTSIDE;
  }

  private Progress ubxHeader(int octet) {
    sum(octet);
    taken++;
    if (taken == UBX_HEADER_OCTETS - 1) {
      length = octet;
    } else if (taken == UBX_HEADER_OCTETS) {
      length |= octet << 8;
      if (length > MOST_PAYLOAD_OCTETS) {
        return leave(false);
      }
      return enter(length == 0 ? State.UBX_CHECK : State.UBX_PAYLOAD);
    }
    return Progress.INSIDE;
  }

  private Progress rtcmLength(int octet) {
    if (taken == 0 && octet > 3) {
      return start(octet); // six bits that are always 0
    }
    divide(octet);
    length = length << 8 | octet;
    if (++taken < 2) {
      return Progress.INSIDE;
    }
    return enter(length == 0 ? State.RTCM_CHECK : State.RTCM_PAYLOAD);
  }

  private Progress enter(State next) {
    state = next;
    taken = 0;
    return Progress.INSIDE;
  }

  private Progress leave(boolean good) {
    state = State.OUTSIDE;
    return good ? Progress.GOOD : Progress.BAD;
  }

  private void sum(int octet) {
    checkA = checkA + octet & 0xFF;
    checkB = checkB + checkA & 0xFF;
  }

  private void divide(int octet) {
    crc ^= octet << 16;
    for (int bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) != 0) {
        crc ^= 0x1000000 | CRC_POLYNOMIAL;
      }
    }
  }
}
