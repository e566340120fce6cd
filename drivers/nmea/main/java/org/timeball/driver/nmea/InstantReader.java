package org.timeball.driver.nmea;

import java.time.LocalDate;
import org.timeball.time.UtcTime;

/**
 * Reads the moment a sentence names. Remembers the last whole one, because GGA, GLL and GNS say
 * only the time of day, and the last claim of a fix, because ZDA makes none.
 */
final class InstantReader {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int SECONDS_PER_DAY = 86_400;

  /** A date from another sentence is good for this long. */
  private static final int DATE_LIFETIME_SECONDS = 3600;

  /** A claim of a fix from another sentence is good for this long. */
  private static final long CLAIM_LIFETIME_NANOS = 10 * NANOS_PER_SECOND;

  private final ReceiverDate dates;
  private final boolean trustZda;

  /** The last whole moment that the receiver vouched for: its date is good for other sentences. */
  private boolean dated;

  private long datedUnixSeconds;
  private long datedRawNanos;

  private long beginRawNanos;

  private boolean claimed;
  private boolean claimOfFix;
  private long claimRawNanos;

  private int rollovers;

  // the time of day just parsed
  private int secondOfDay;
  private int nanos;
  private boolean leapSecond;

  InstantReader(ReceiverDate dates, boolean trustZda) {
    this.dates = dates;
    this.trustZda = trustZda;
  }

  /** The line came up at this moment. */
  void begin(long nowRawNanos) {
    beginRawNanos = nowRawNanos;
    dated = false;
    claimed = false;
  }

  /** How many times 1024 weeks the last whole date was behind. */
  int rollovers() {
    return rollovers;
  }

  /** Whether the receiver's last word on it was that it has a fix. */
  boolean claimsFix(long nowRawNanos) {
    return claimed && claimOfFix && nowRawNanos - claimRawNanos <= CLAIM_LIFETIME_NANOS;
  }

  /** Whether the receiver has said lately whether it has a fix. */
  boolean hasClaim(long nowRawNanos) {
    return claimed && nowRawNanos - claimRawNanos <= CLAIM_LIFETIME_NANOS;
  }

  /**
   * Whether it is too early to ask for a claim: whoever starts to listen within a burst may hear
   * its ZDA before the sentences that make one.
   */
  boolean awaitsClaim(long nowRawNanos) {
    return !claimed && nowRawNanos - beginRawNanos <= CLAIM_LIFETIME_NANOS;
  }

  Reading read(Sentence sentence) {
    return switch (sentence.kind()) {
      case RMC -> rmc(sentence);
      case ZDA -> zda(sentence);
      case GNS -> timeOfDay(sentence, 1, systems(sentence, 6));
      case GGA -> timeOfDay(sentence, 1, quality(sentence, 6));
      case GLL -> timeOfDay(sentence, 5, status(sentence, 6, 7));
      case GSA, GSV, TXT, OTHER -> Reading.SILENT;
    };
  }

  /** What a receiver says of its own solution. */
  private enum Claim {
    /** From satellites. */
    FIX,
    /** Reckoned, typed in or simulated. */
    OTHER_MEANS,
    NONE
  }

  /** Status A or V, and in later versions of NMEA 0183 a mode. */
  private static Claim status(Sentence sentence, int statusField, int modeField) {
    if (sentence.octet(statusField, 0) != 'A') {
      return Claim.NONE;
    }
    return switch (sentence.octet(modeField, 0)) {
      case 'N', 'E', 'S', 'M' -> Claim.OTHER_MEANS;
      default -> Claim.FIX;
    };
  }

  /** 0 none, 6 reckoned, 7 typed in, 8 simulated; any other digit is a way to have a fix. */
  private static Claim quality(Sentence sentence, int field) {
    return switch (sentence.octet(field, 0)) {
      case '6', '7', '8' -> Claim.OTHER_MEANS;
      case '1', '2', '3', '4', '5', '9' -> Claim.FIX;
      default -> Claim.NONE;
    };
  }

  /** One letter for each satellite system, the meaning that of a mode. */
  private static Claim systems(Sentence sentence, int field) {
    Claim best = Claim.NONE;
    for (int i = 0; i < sentence.fieldLength(field); i++) {
      switch (sentence.octet(field, i)) {
        case 'A', 'D', 'P', 'R', 'F' -> {
          return Claim.FIX;
        }
        case 'E', 'S', 'M' -> best = Claim.OTHER_MEANS;
        default -> {}
      }
    }
    return best;
  }

  private void remember(Claim claim, long rawNanos) {
    claimed = true;
    claimOfFix = claim == Claim.FIX;
    claimRawNanos = rawNanos;
  }

  private Reading rmc(Sentence sentence) {
    Claim claim = status(sentence, 2, 12);
    // Nav status: U is unsafe; V only says that the receiver does not check.
    if (claim == Claim.FIX && sentence.octet(13, 0) == 'U') {
      claim = Claim.OTHER_MEANS;
    }
    remember(claim, sentence.endRawNanos);
    if (claim == Claim.NONE) {
      return Reading.NO_FIX;
    }
    if (sentence.fieldLength(1) == 0 || sentence.fieldLength(9) == 0) {
      return Reading.SILENT;
    }
    int twoDigits = sentence.fieldLength(9) == 6 ? sentence.digits(9, 4, 2) : -1;
    if (twoDigits < 0) {
      return Reading.NO_SUCH_DATE;
    }
    return whole(
        sentence,
        dates.year(twoDigits),
        sentence.digits(9, 2, 2),
        sentence.digits(9, 0, 2),
        claim == Claim.FIX);
  }

  private Reading zda(Sentence sentence) {
    if (sentence.fieldLength(1) == 0 || sentence.fieldLength(4) == 0) {
      return Reading.SILENT;
    }
    boolean vouched = hasClaim(sentence.endRawNanos) ? claimsFix(sentence.endRawNanos) : trustZda;
    return whole(
        sentence, sentence.number(4, 4), sentence.number(3, 2), sentence.number(2, 2), vouched);
  }

  private Reading whole(Sentence sentence, int year, int month, int day, boolean vouched) {
    if (!parseTimeOfDay(sentence, 1)) {
      return Reading.NO_SUCH_TIME;
    }
    if (!ReceiverDate.exists(year, month, day)) {
      return Reading.NO_SUCH_DATE;
    }
    long said = LocalDate.of(year, month, day).toEpochDay();
    rollovers = dates.rolloversBehind(said);
    return moment(
        said + (long) rollovers * ReceiverDate.ROLLOVER_DAYS, sentence.endRawNanos, true, vouched);
  }

  private Reading timeOfDay(Sentence sentence, int field, Claim claim) {
    remember(claim, sentence.endRawNanos);
    if (claim == Claim.NONE) {
      return Reading.NO_FIX;
    }
    if (sentence.fieldLength(field) == 0) {
      return Reading.SILENT;
    }
    if (!parseTimeOfDay(sentence, field)) {
      return Reading.NO_SUCH_TIME;
    }
    if (!dated || sentence.endRawNanos - datedRawNanos > DATE_LIFETIME_SECONDS * NANOS_PER_SECOND) {
      return Reading.NO_DATE;
    }
    // The day that puts it nearest to the last whole moment, be that before or after midnight.
    int difference = secondOfDay - Math.floorMod(datedUnixSeconds, SECONDS_PER_DAY);
    long day = Math.floorDiv(datedUnixSeconds, SECONDS_PER_DAY);
    if (difference > SECONDS_PER_DAY / 2) {
      day--;
    } else if (difference < -SECONDS_PER_DAY / 2) {
      day++;
    }
    if (Math.abs(day * SECONDS_PER_DAY + secondOfDay - datedUnixSeconds) > DATE_LIFETIME_SECONDS) {
      return Reading.NO_DATE;
    }
    return moment(day, sentence.endRawNanos, false, claim == Claim.FIX);
  }

  private Reading moment(long epochDay, long rawNanos, boolean whole, boolean vouched) {
    if (leapSecond && LocalDate.ofEpochDay(epochDay + 1).getDayOfMonth() != 1) {
      return Reading.NO_SUCH_TIME; // leap seconds end months
    }
    UtcTime utc = new UtcTime(epochDay * SECONDS_PER_DAY + secondOfDay, nanos, leapSecond);
    if (whole && vouched) {
      dated = true;
      datedUnixSeconds = utc.unixSeconds();
      datedRawNanos = rawNanos;
    }
    return new Reading.Moment(utc, whole, vouched);
  }

  /** {@code hhmmss} with any number of decimals up to nanoseconds; 60 only in 23:59:60. */
  private boolean parseTimeOfDay(Sentence sentence, int field) {
    int hour = sentence.digits(field, 0, 2);
    int minute = sentence.digits(field, 2, 2);
    int second = sentence.digits(field, 4, 2);
    int decimals = sentence.fieldLength(field) - 7;
    if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 60) {
      return false;
    }
    nanos = 0;
    if (decimals >= 0) {
      int kept = Math.min(decimals, 9);
      int fraction = sentence.digits(field, 7, kept);
      if (sentence.octet(field, 6) != '.' || fraction < 0) {
        return false;
      }
      for (int i = kept; i < 9; i++) {
        fraction *= 10;
      }
      nanos = fraction;
    }
    leapSecond = second == 60;
    if (leapSecond && (hour != 23 || minute != 59)) {
      return false;
    }
    secondOfDay = hour * 3600 + minute * 60 + (leapSecond ? 59 : second);
    return true;
  }
}
