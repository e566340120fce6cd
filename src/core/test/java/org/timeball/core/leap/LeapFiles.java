package org.timeball.core.leap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.timeball.time.NtpTimestamp;

/** Leap files made for tests, with a right hash. */
public final class LeapFiles {
  private LeapFiles() {}

  /** TAI is 37 s ahead from 2017 on; then one leap second, and half a year of validity. */
  public static String withLeapAt(long midnightUnixSeconds, boolean insert) {
    long leap = midnightUnixSeconds + NtpTimestamp.UNIX_EPOCH_SECONDS;
    return file(
        leap - 86_400L * 90,
        leap + 86_400L * 180,
        "3692217600 37",
        leap + " " + (insert ? 38 : 36));
  }

  /** Nothing new since 2017, and an expiry. */
  public static String validUntil(long unixSeconds) {
    long expires = unixSeconds + NtpTimestamp.UNIX_EPOCH_SECONDS;
    return file(expires - 86_400L * 200, expires, "3644697600 36", "3692217600 37");
  }

  static String file(long updated, long expires, String... entries) {
    StringBuilder text = new StringBuilder();
    StringBuilder digits = new StringBuilder().append(updated).append(expires);
    text.append("#$ ").append(updated).append("\n#@\t").append(expires).append('\n');
    for (String entry : entries) {
      text.append(entry.replace(' ', '\t')).append("\t# comment 99\n");
      digits.append(entry.replace(" ", ""));
    }
    return text.append("#h\t").append(words(digits.toString())).append('\n').toString();
  }

  private static String words(String digits) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(digits.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest).replaceAll("(.{8})(?=.)", "$1 ");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
