package org.timeball.checks.guest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;

/** A leap second from the list of the operator, through the kernel's clock, to an NTP client. */
final class LeapIsServed implements Scenario {
  private static final Instant MIDNIGHT = Instant.parse("2027-07-01T00:00:00Z");
  private static final Instant LEAP_BEFORE = Instant.parse("2017-01-01T00:00:00Z");
  private static final String LIST = "/tmp/leap-seconds.list";

  /** Enough to boot and to be synchronised before it, on an idle machine. */
  private static final long SECONDS_BEFORE = 60;

  /** A machine that is so busy that eight times as long is not enough gives up. */
  private static final long MOST_SECONDS_BEFORE = 8 * SECONDS_BEFORE;

  @Override
  public String name() {
    return "leap";
  }

  @Override
  public String promise() {
    return "a leap second is announced to clients, inserted by the kernel and served without an"
        + " error of a second";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = null;
    for (long before = SECONDS_BEFORE; guest == null; before *= 2) {
      Promise.kept(before <= MOST_SECONDS_BEFORE, "this machine is too busy to be there in time");
      guest = synchronisedBefore(stage, before).orElse(null);
    }
    NtpReply announced =
        guest.served().await("a leap announcement", 0, 5, reply -> reply.leap() == Leap.INSERT);
    stage.tell("%.0f s before: %s".formatted(announced.secondsToLeap(), announced));
    // The kernel looks at what it was asked for when a second begins.
    guest.awaitKernel("insert leap second");

    int mark = guest.served().size();
    NtpReply after =
        guest
            .served()
            .await(
                "a reply after the leap second",
                mark,
                SECONDS_BEFORE,
                reply -> reply.secondsToLeap() < -6 && reply.isSynchronised());
    stage.tell("%.0f s after its begin: %s".formatted(-after.secondsToLeap(), after));
    look(stage, guest.served().since(mark));
    Promise.kept(guest.taiMinusUtc() == 38, "TAI is " + guest.taiMinusUtc() + " s ahead");
    stage.tell("CLOCK_TAI is 38 s ahead");
    stage.tell(guest.everyReplyWasTrue(0));
  }

  /** Boots, and is synchronised; empty if that took so long that it is too late. */
  private static Optional<Guest> synchronisedBefore(Stage stage, long seconds) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual().beforeLeap(MIDNIGHT, seconds));
    guest.run("printf '%s\\n' " + list() + " >" + LIST);
    GuestDaemon.start(guest, "[leap]", "file = \"" + LIST + "\"");
    guest.served().awaitGood(0, 40);
    double left = guest.time().secondsToLeap();
    stage.tell("synchronised %.1f s before the leap second".formatted(left));
    return left > 5 ? Optional.of(guest) : Optional.empty();
  }

  /** The replies before, in and after the second. */
  private static void look(Stage stage, List<NtpReply> replies) {
    List<NtpReply> within =
        replies.stream()
            .filter(r -> !r.straddlesLeap() && r.secondsToLeap() < 0 && r.secondsToLeap() > -1)
            .toList();
    Promise.kept(!within.isEmpty(), "nobody asked within the leap second");
    stage.tell("in the leap second: " + within.getFirst());
    for (NtpReply reply : replies) {
      if (!reply.straddlesLeap()) {
        Leap expected = reply.secondsToLeap() > -1 ? Leap.INSERT : Leap.NONE;
        Promise.kept(
            reply.leap() == expected && reply.leastError() < 0.5,
            "%.1f s from the leap second: %s".formatted(reply.secondsToLeap(), reply));
      }
    }
  }

  /** The lines of a list that ends with this leap second, in quotes for the shell. */
  private static String list() throws NoSuchAlgorithmException {
    String updated = ntpSeconds(MIDNIGHT.minusSeconds(180 * 86_400));
    String expires = ntpSeconds(MIDNIGHT.plusSeconds(180 * 86_400));
    String before = ntpSeconds(LEAP_BEFORE);
    String leap = ntpSeconds(MIDNIGHT);
    String digits = updated + expires + before + "37" + leap + "38";
    byte[] hash =
        MessageDigest.getInstance("SHA-1").digest(digits.getBytes(StandardCharsets.US_ASCII));
    String words = HexFormat.of().formatHex(hash).replaceAll("(.{8})", " $1");
    return "'#$ %s' '#@ %s' '%s 37' '%s 38' '#h%s'"
        .formatted(updated, expires, before, leap, words);
  }

  private static String ntpSeconds(Instant instant) {
    return Long.toString(instant.getEpochSecond() + NtpTimestamp.UNIX_EPOCH_SECONDS);
  }
}
