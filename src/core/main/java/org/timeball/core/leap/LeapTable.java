package org.timeball.core.leap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.time.NtpTimestamp;

/**
 * The content of a {@code leap-seconds.list} as NIST and the IERS publish it.
 *
 * @param updatedUnixSeconds when it was made
 * @param expiresUnixSeconds until when it is known to be complete
 * @param entries in the order of time
 */
public record LeapTable(long updatedUnixSeconds, long expiresUnixSeconds, List<Entry> entries) {
  /**
   * From a moment on TAI is ahead of UTC by so many seconds.
   *
   * @param unixSeconds the first second after the leap second, a midnight
   */
  public record Entry(long unixSeconds, int taiMinusUtc) {}

  /** The file cannot be used; the message says where and why. */
  public static final class BadLeapFile extends Exception {
    private static final long serialVersionUID = 1L;

    BadLeapFile(String message) {
      super(message);
    }
  }

  public LeapTable {
    entries = List.copyOf(entries);
  }

  /** Seconds by which TAI is ahead at a moment; empty before the first entry. */
  public OptionalInt taiMinusUtcAt(long unixSeconds) {
    OptionalInt found = OptionalInt.empty();
    for (Entry e : entries) {
      if (e.unixSeconds() <= unixSeconds) {
        found = OptionalInt.of(e.taiMinusUtc());
      }
    }
    return found;
  }

  /** +1 or -1 if a leap second ends at this midnight, 0 if none does. */
  public int leapBefore(long midnightUnixSeconds) {
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).unixSeconds() == midnightUnixSeconds) {
        return entries.get(i).taiMinusUtc() - entries.get(i - 1).taiMinusUtc();
      }
    }
    return 0;
  }

  /** Whether it can say that there is no leap second at a moment. */
  public boolean coversUnixSeconds(long unixSeconds) {
    return unixSeconds < expiresUnixSeconds;
  }

  /**
   * Reads a file.
   *
   * @throws BadLeapFile if a line cannot be read, entries are out of order, a date is missing, or
   *     the hash is missing or wrong: the old table is then the better one
   */
  public static LeapTable parse(String text) throws BadLeapFile {
    Parser parser = new Parser();
    int number = 0;
    for (String line : text.lines().toList()) {
      parser.line(line, ++number);
    }
    return parser.finish();
  }

  /** Gathers what the lines say, and the digits that the hash is over. */
  private static final class Parser {
    private final StringBuilder hashed = new StringBuilder();
    private final List<Entry> entries = new ArrayList<>();
    private Optional<Long> updated = Optional.empty();
    private Optional<Long> expires = Optional.empty();
    private Optional<String> hash = Optional.empty();

    void line(String line, int number) throws BadLeapFile {
      if (line.startsWith("#$")) {
        updated = Optional.of(unixSeconds(digits(line.substring(2), number), number));
      } else if (line.startsWith("#@")) {
        expires = Optional.of(unixSeconds(digits(line.substring(2), number), number));
      } else if (line.startsWith("#h")) {
        hash = Optional.of(hash(line.substring(2).strip(), number));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        entry(line, number);
      }
    }

    private String digits(String field, int number) throws BadLeapFile {
      String digits = field.strip();
      if (digits.isEmpty() || digits.length() > 12 || !digits.chars().allMatch(this::isDigit)) {
        throw bad(number, "'" + digits + "' is not a number of seconds since 1900");
      }
      hashed.append(digits);
      return digits;
    }

    private boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }

    private static long unixSeconds(String digits, int number) throws BadLeapFile {
      long seconds = Long.parseLong(digits) - NtpTimestamp.UNIX_EPOCH_SECONDS;
      if (seconds < 0) {
        throw bad(number, digits + " is before 1970");
      }
      return seconds;
    }

    /** Five words of 32 bits; files exist that leave out leading zeros of a word. */
    private static String hash(String field, int number) throws BadLeapFile {
      StringBuilder padded = new StringBuilder();
      String[] words = field.split("\\s+", -1);
      for (String word : words) {
        if (!word.matches("[0-9a-fA-F]{1,8}")) {
          throw bad(number, "'" + word + "' is not a word of the hash");
        }
        padded
            .append("0".repeat(8 - word.length()))
            .append(word.toLowerCase(java.util.Locale.ROOT));
      }
      if (words.length != 5) {
        throw bad(number, "the hash has " + words.length + " words; SHA-1 has 5");
      }
      return padded.toString();
    }

    private void entry(String line, int number) throws BadLeapFile {
      int comment = line.indexOf('#');
      String[] fields = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", -1);
      if (fields.length != 2) {
        throw bad(number, "expected a moment and TAI - UTC, found '" + line.strip() + "'");
      }
      long at = unixSeconds(digits(fields[0], number), number);
      String tai = digits(fields[1], number);
      if (tai.length() > 3) {
        throw bad(number, "TAI - UTC of " + tai + " s cannot be");
      }
      add(new Entry(at, Integer.parseInt(tai)), number);
    }

    private void add(Entry entry, int number) throws BadLeapFile {
      if (entry.unixSeconds() % 86_400 != 0) {
        throw bad(number, "a leap second ends at midnight, this moment is not one");
      }
      if (!entries.isEmpty()) {
        Entry last = entries.getLast();
        if (entry.unixSeconds() <= last.unixSeconds()) {
          throw bad(number, "entries are out of order");
        }
        if (Math.abs(entry.taiMinusUtc() - last.taiMinusUtc()) != 1) {
          throw bad(number, "TAI - UTC changes by other than one second");
        }
      }
      entries.add(entry);
    }

    LeapTable finish() throws BadLeapFile {
      if (entries.isEmpty()) {
        throw new BadLeapFile("leap file: it has no entry");
      }
      if (updated.isEmpty() || expires.isEmpty()) {
        throw new BadLeapFile(
            "leap file: the line '" + (updated.isEmpty() ? "#$" : "#@") + "' is missing");
      }
      if (hash.isEmpty()) {
        throw new BadLeapFile("leap file: the hash line '#h' is missing; it may be truncated");
      }
      String computed = sha1(hashed.toString());
      if (!computed.equals(hash.get())) {
        throw new BadLeapFile(
            "leap file: its hash is " + computed + " and it claims " + hash.get() + ": damaged");
      }
      return new LeapTable(updated.get(), expires.get(), entries);
    }

    private static String sha1(String text) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
        return java.util.HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-1", e);
      }
    }

    private static BadLeapFile bad(int line, String what) {
      return new BadLeapFile("leap file, line " + line + ": " + what);
    }
  }
}
