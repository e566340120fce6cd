package org.timeball.sim.story;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.timeball.time.NtpTimestamp;

/** A leap-seconds.list with one leap second to come, and a right hash. */
final class LeapFileText {
  private static final long DAY = 86_400;

  /** Since 2017, in seconds since 1900. */
  private static final String LAST_KNOWN = "3692217600 37";

  private LeapFileText() {}

  static String withLeapAt(long midnightUnixSeconds, boolean inserted) {
    long leap = midnightUnixSeconds + NtpTimestamp.UNIX_EPOCH_SECONDS;
    long updated = leap - 90 * DAY;
    long expires = leap + 180 * DAY;
    String next = leap + " " + (inserted ? 38 : 36);
    String digits = (updated + "" + expires + LAST_KNOWN + next).replace(" ", "");
    return "#$ %d\n#@ %d\n%s\n%s\n#h %s\n"
        .formatted(updated, expires, LAST_KNOWN, next, hash(digits));
  }

  private static String hash(String digits) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(digits.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest).replaceAll("(.{8})(?=.)", "$1 ");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
