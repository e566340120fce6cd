package org.timeball.core.leap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.core.Notices;
import org.timeball.time.Leap;

/**
 * Decides whether the current UTC day ends with a leap second, and knows when that moment has come.
 *
 * <p>A leap second is announced on the last day of a month only: any month's may have one (ITU-R
 * TF.460-6), though all so far were in June and December. The table decides while it is not
 * expired; then a reference clock that has announced the same for {@link #STEADY} labels, if no
 * other contradicts it; then most of the servers that are right, if they are at least two. One
 * server alone is never believed.
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

  private static final String WITHOUT_TABLE =
      "leap seconds are taken from reference clocks and from most of the servers";

  private enum Expiry {
    FAR,
    NEAR,
    PAST
  }

  private record Announcement(Leap leap, int times) {}

  /** Servers that must say the same: whoever controls one could lie. */
  private static final int FEWEST_SERVERS = 2;

  private final Map<String, Announcement> announced = new LinkedHashMap<>();
  private final Map<String, String> ignored = new HashMap<>();
  private Map<String, Leap> servers = Map.of();
  private Leap byServers = Leap.NONE;
  private Optional<LeapTable> table = Optional.empty();
  private Expiry expiry = Expiry.FAR;
  private Leap armed = Leap.NONE;
  private long midnightUnixSeconds;
  private Leap done = Leap.NONE;
  private boolean leapt;
  private long leaptUnixNanos;
  private Optional<LeapSecond> latest = Optional.empty();
  private Optional<LeapSecond> remembered = Optional.empty();
  private boolean news;

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

  /** Other sources' announcements are forgotten; a source's name is their first word. */
  public void keepOnly(Set<String> sources) {
    announced.keySet().removeIf(announcer -> !sources.contains(announcer.split(" ", 2)[0]));
  }

  /**
   * What the servers say that are right. While fewer than two are heard, what they said last holds:
   * a network that fails on the last evening changes nothing about the leap second.
   */
  public void servers(Map<String, Leap> said) {
    servers = said;
    if (said.size() >= FEWEST_SERVERS) {
      byServers = majority(said);
    }
  }

  private static Leap majority(Map<String, Leap> said) {
    for (Leap leap : List.of(Leap.INSERT, Leap.DELETE)) {
      long agree = said.values().stream().filter(leap::equals).count();
      if (agree >= FEWEST_SERVERS && 2 * agree > said.size()) {
        return leap;
      }
    }
    return Leap.NONE;
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
    note(midnight);
    return armed;
  }

  private void note(long midnight) {
    Optional<LeapSecond> said =
        isLeap(armed)
            ? Optional.of(new LeapSecond(armed, midnight))
            : latest.filter(l -> l.midnightUnixSeconds() < midnight);
    news |= !said.equals(latest);
    latest = said;
  }

  /**
   * A leap second that an earlier run knew of. It holds until somebody is heard who would be
   * believed.
   */
  public void remember(LeapSecond earlier) {
    latest = Optional.of(earlier);
    remembered = latest;
  }

  /** The leap second that is to come or came last, as far as is known. */
  public Optional<LeapSecond> latest() {
    return latest;
  }

  /** Whether {@link #latest} has changed since this was asked last. */
  public boolean takeNews() {
    boolean taken = news;
    news = false;
    return taken;
  }

  /**
   * The leap second at the end of a moment's day, or at its beginning.
   *
   * @param rawNanos the moment, for which {@link #decide} has been asked
   * @param unixNanos true time then
   */
  public Optional<NearLeap> near(long rawNanos, long unixNanos) {
    if (isLeap(armed)) {
      LeapSecond coming = new LeapSecond(armed, midnightUnixSeconds);
      return Optional.of(new NearLeap(coming, rawNanos, unixNanos));
    }
    long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND);
    // Inserted, the leap second itself counts to the day before, and to the time after the leap.
    boolean withinLeap = leapt && unixNanos < leaptUnixNanos;
    long midnight = Math.floorDiv(seconds + (withinLeap ? 1 : 0), DAY) * DAY;
    return past(midnight)
        .map(leap -> new NearLeap(leap, rawNanos, unixNanos + leap.seconds() * NANOS_PER_SECOND));
  }

  private Optional<LeapSecond> past(long midnight) {
    int listed = table.map(t -> t.leapBefore(midnight)).orElse(0);
    return listed != 0
        ? Optional.of(new LeapSecond(listed > 0 ? Leap.INSERT : Leap.DELETE, midnight))
        : latest.filter(l -> l.midnightUnixSeconds() == midnight);
  }

  private Leap byAuthority(long midnight) {
    if (hasTableUntil(midnight)) {
      int leap = table.get().leapBefore(midnight);
      return leap == 0 ? Leap.NONE : leap > 0 ? Leap.INSERT : Leap.DELETE;
    }
    Leap byReceivers = byReceivers();
    Leap said = byReceivers == Leap.NONE ? byServers : byReceivers;
    boolean answered =
        servers.size() >= FEWEST_SERVERS
            || announced.values().stream().anyMatch(a -> a.times() >= STEADY);
    if (said != Leap.NONE || answered) {
      remembered = Optional.empty();
    }
    return remembered
        .filter(l -> l.midnightUnixSeconds() == midnight)
        .map(LeapSecond::kind)
        .orElse(said);
  }

  private Leap byReceivers() {
    List<Leap> said =
        announced.values().stream()
            .filter(a -> a.times() >= STEADY && isLeap(a.leap()))
            .map(Announcement::leap)
            .distinct()
            .toList();
    return said.size() == 1 ? said.getFirst() : Leap.NONE;
  }

  private static boolean isLeap(Leap leap) {
    return leap == Leap.INSERT || leap == Leap.DELETE;
  }

  /**
   * Says so, once, when somebody announces what is not heeded.
   *
   * @param unixNanos true time, for which {@link #decide} has been asked
   */
  public void watchAnnouncements(long unixNanos, Notices notices) {
    if (leapt && unixNanos - leaptUnixNanos < DAY * NANOS_PER_SECOND) {
      // Who announced it says so for a while longer.
      return;
    }
    announced.forEach((name, said) -> {
      if (said.times() >= STEADY) {
        watch(name, said.leap(), unixNanos, notices);
      }
    });
    servers.forEach((name, leap) -> watch(name, leap, unixNanos, notices));
  }

  private void watch(String name, Leap said, long unixNanos, Notices notices) {
    if (!isLeap(said) || said == armed) {
      ignored.remove(name);
      return;
    }
    long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND);
    String reason =
        !endsMonth(seconds)
            ? "today is not the last day of a month"
            : hasTableUntil(midnightUnixSeconds)
                ? "the leap file says otherwise"
                : "it is alone with that, or contradicted";
    if (!reason.equals(ignored.put(name, reason))) {
      notices.warning(
          "%s: announces that a leap second is to be %s; ignored: %s",
          name, said == Leap.INSERT ? "inserted" : "deleted", reason);
    }
  }

  private boolean hasTableUntil(long midnight) {
    return table.isPresent() && table.get().coversUnixSeconds(midnight);
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
    byServers = Leap.NONE;
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
              "leap file: expired on %s and not used any more; %s", day(expires), WITHOUT_TABLE);
    }
  }

  /** What is wrong with the list of leap seconds and what to do; empty if nothing is. */
  public String trouble() {
    return switch (expiry) {
      case FAR -> "";
      case NEAR ->
          "The list of leap seconds is valid until %s only: put a newer one in its place and run 'timeball reload'."
              .formatted(day(table.orElseThrow().expiresUnixSeconds()));
      case PAST ->
          "The list of leap seconds expired on %s: %s. Put a newer one in its place and run 'timeball reload'."
              .formatted(day(table.orElseThrow().expiresUnixSeconds()), WITHOUT_TABLE);
    };
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
