package org.timeball.core.leap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.core.Notices;
import org.timeball.time.Leap;

/**
 * Decides whether the current UTC day ends with a leap second, and knows when that moment has come.
 *
 * <p>A leap second is announced on the last day of a month only. The table decides while it is not
 * expired; otherwise a reference clock that has announced the same for {@link #STEADY} labels does.
 */
public final class LeapPlan {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long DAY = 86_400;

  /** Announcements in a row, of one receiver, that are believed. */
  private static final int STEADY = 60;

  /** Seconds round the leap in which the clock and the truth may be on different sides of it. */
  private static final long UNSETTLED = 2;

  /** Seconds before a table's expiry from which operators are warned: 28 days. */
  private static final long WARNED_BEFORE = 28 * DAY;

  private enum Expiry {
    FAR,
    NEAR,
    PAST
  }

  private record Announcement(Leap leap, int times) {}

  private final Map<String, Announcement> announced = new HashMap<>();
  private Optional<LeapTable> table = Optional.empty();
  private Expiry expiry = Expiry.FAR;
  private Leap armed = Leap.NONE;
  private long midnightUnixSeconds;
  private Leap done = Leap.NONE;
  private boolean leapt;
  private long leaptUnixNanos;

  /** A table that has been found good. */
  public void use(LeapTable newTable) {
    table = Optional.of(newTable);
    expiry = Expiry.FAR;
  }

  /** Takes the text of a leap-seconds.list; a bad one changes nothing, and operators are told. */
  public void read(String text, Notices notices) {
    try {
      LeapTable fresh = LeapTable.parse(text);
      use(fresh);
      notices.info("leap file: read; valid until %s", day(fresh.expiresUnixSeconds()));
    } catch (LeapTable.BadLeapFile e) {
      notices.warning(
          "%s; %s",
          e.getMessage(), table.isPresent() ? "the old table is kept" : "there is no table");
    }
  }

  /** What a receiver says in a label it vouches for. */
  public void announce(String source, Leap leap) {
    Announcement last = announced.get(source);
    boolean same = last != null && last.leap() == leap;
    announced.put(source, new Announcement(leap, same ? last.times() + 1 : 1));
  }

  /**
   * What the day of this moment ends with, announced up to the end of the leap second. The clock is
   * armed with it.
   *
   * @param unixNanos true time
   */
  public Leap decide(long unixNanos) {
    long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND);
    long midnight = (Math.floorDiv(seconds, DAY) + 1) * DAY;
    if (leapt && midnight * NANOS_PER_SECOND == leaptUnixNanos) {
      return done;
    }
    armed = endsMonth(seconds) ? byAuthority(midnight) : Leap.NONE;
    midnightUnixSeconds = midnight;
    return armed;
  }

  private Leap byAuthority(long midnight) {
    if (table.isPresent() && table.get().coversUnixSeconds(midnight)) {
      int leap = table.get().leapBefore(midnight);
      return leap == 0 ? Leap.NONE : leap > 0 ? Leap.INSERT : Leap.DELETE;
    }
    return announced.values().stream()
        .filter(a -> a.times() >= STEADY)
        .map(Announcement::leap)
        .filter(leap -> leap == Leap.INSERT || leap == Leap.DELETE)
        .findFirst()
        .orElse(Leap.NONE);
  }

  private static boolean endsMonth(long unixSeconds) {
    LocalDate day = day(unixSeconds);
    return day.getDayOfMonth() == day.lengthOfMonth();
  }

  /**
   * If the armed leap second has begun: nanoseconds by which Unix time is renumbered. Asked once
   * for each leap.
   *
   * @param unixNanos true time, still counted as if there were no leap
   */
  public Optional<Long> takeRenumbering(long unixNanos) {
    long at = midnightUnixSeconds * NANOS_PER_SECOND;
    if (armed == Leap.INSERT && unixNanos >= at) {
      return leap(-NANOS_PER_SECOND, at);
    }
    if (armed == Leap.DELETE && unixNanos >= at - NANOS_PER_SECOND) {
      return leap(NANOS_PER_SECOND, at);
    }
    return Optional.empty();
  }

  private Optional<Long> leap(long renumbering, long at) {
    done = armed;
    armed = Leap.NONE;
    announced.clear();
    leapt = true;
    leaptUnixNanos = at;
    return Optional.of(renumbering);
  }

  /** Whether the clock's own leap may not have happened yet or only just: no time to steer. */
  public boolean isUnsettled(long unixNanos) {
    boolean before =
        armed != Leap.NONE && unixNanos > (midnightUnixSeconds - UNSETTLED) * NANOS_PER_SECOND;
    boolean after = leapt && Math.abs(unixNanos - leaptUnixNanos) < UNSETTLED * NANOS_PER_SECOND;
    return before || after;
  }

  /** Seconds by which TAI is ahead of UTC, if the table says. */
  public OptionalInt taiMinusUtc(long unixNanos) {
    return table
        .map(t -> t.taiMinusUtcAt(Math.floorDiv(unixNanos, NANOS_PER_SECOND)))
        .orElse(OptionalInt.empty());
  }

  /**
   * Says so when the table is about to expire, and again when it has.
   *
   * @param unixNanos true time
   */
  public void watchExpiry(long unixNanos, Notices notices) {
    if (table.isEmpty()) {
      return;
    }
    long expires = table.get().expiresUnixSeconds();
    long left = expires - Math.floorDiv(unixNanos, NANOS_PER_SECOND);
    Expiry now = left <= 0 ? Expiry.PAST : left < WARNED_BEFORE ? Expiry.NEAR : Expiry.FAR;
    if (now == expiry) {
      return;
    }
    expiry = now;
    switch (now) {
      case FAR -> {}
      case NEAR ->
          notices.warning(
              "leap file: valid until %s only; put a newer one in its place", day(expires));
      case PAST ->
          notices.warning(
              "leap file: expired on %s and not used any more; leap seconds are taken from"
                  + " reference clocks alone",
              day(expires));
    }
  }

  /** The UTC day of a moment. */
  public static LocalDate day(long unixSeconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(unixSeconds), ZoneOffset.UTC);
  }

  /** The table in use. */
  public Optional<LeapTable> table() {
    return table;
  }
}
