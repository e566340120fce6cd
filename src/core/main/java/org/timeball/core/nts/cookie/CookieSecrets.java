package org.timeball.core.nts.cookie;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The secrets that cookie keys are derived from, as they are kept in a file. Immutable.
 *
 * <p>Time is cut into epochs, and each has its own key, derived from the secret in use and the
 * epoch's number. So keys rotate by themselves, and servers that have the same file open each
 * other's cookies without a word between them. A rotation by command replaces the secret itself;
 * the old one is kept until no client can have a cookie of it that still counts.
 *
 * <p>The text:
 *
 * <pre>
 * timeball cookie keys 1
 * epoch 86400
 * accept 2
 * secret 6f1c…
 * retired 1763900000 a9e0…
 * </pre>
 *
 * <p>{@code epoch} is the length of an epoch in seconds, {@code accept} how many epochs after its
 * own a cookie is still opened.
 */
public final class CookieSecrets {
  /** A key a day. */
  public static final int DEFAULT_EPOCH_SECONDS = 86_400;

  /** A client that sleeps over a weekend needs no new key establishment. */
  public static final int DEFAULT_ACCEPTED_EPOCHS = 3;

  private static final String TITLE = "timeball cookie keys 1";
  private static final int SHORTEST_EPOCH = 60;
  private static final int LONGEST_EPOCH = 366 * 86_400;
  private static final int MOST_ACCEPTED_EPOCHS = 16;
  private static final int MOST_RETIRED = 4;

  private final int epochSeconds;
  private final int acceptedEpochs;
  private final CookieSecret current;
  private final List<CookieSecret> retired;

  private CookieSecrets(
      int epochSeconds, int acceptedEpochs, CookieSecret current, List<CookieSecret> retired) {
    this.epochSeconds = epochSeconds;
    this.acceptedEpochs = acceptedEpochs;
    this.current = current;
    this.retired = List.copyOf(retired);
  }

  /** The first secrets of a new server. */
  public static CookieSecrets startingWith(CookieSecret secret) {
    return new CookieSecrets(DEFAULT_EPOCH_SECONDS, DEFAULT_ACCEPTED_EPOCHS, secret, List.of());
  }

  /** The same with another secret in use; the one before is accepted for its time. */
  public CookieSecrets rotated(CookieSecret fresh, long unixSeconds) {
    List<CookieSecret> old = new ArrayList<>();
    old.add(current.retired(unixSeconds));
    retired.stream().filter(secret -> isAccepted(secret, unixSeconds)).forEach(old::add);
    return new CookieSecrets(
        epochSeconds, acceptedEpochs, fresh, old.subList(0, Math.min(old.size(), MOST_RETIRED)));
  }

  private boolean isAccepted(CookieSecret secret, long unixSeconds) {
    return epochAt(secret.retiredUnixSeconds().orElseThrow()) + acceptedEpochs
        >= epochAt(unixSeconds);
  }

  long epochAt(long unixSeconds) {
    return Math.floorDiv(unixSeconds, (long) epochSeconds);
  }

  int acceptedEpochs() {
    return acceptedEpochs;
  }

  CookieSecret current() {
    return current;
  }

  /** Those no longer in use whose cookies may still count, the newest first. */
  List<CookieSecret> retired() {
    return retired;
  }

  /** The text to be kept. It is as secret as the keys. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(TITLE).append('\n');
    text.append("epoch ").append(epochSeconds).append('\n');
    text.append("accept ").append(acceptedEpochs).append('\n');
    text.append("secret ").append(current.hex()).append('\n');
    for (CookieSecret secret : retired) {
      text.append("retired ")
          .append(secret.retiredUnixSeconds().orElseThrow())
          .append(' ')
          .append(secret.hex())
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote. Lines that begin with # are passed over.
   *
   * @throws IllegalArgumentException with what is wrong and where; it never shows a secret
   */
  public static CookieSecrets parse(String text) {
    Reader reader = new Reader();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        reader.take(line.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return reader.end();
  }

  /** What was read so far. */
  private static final class Reader {
    private boolean titled;
    private int epochSeconds = DEFAULT_EPOCH_SECONDS;
    private int acceptedEpochs = DEFAULT_ACCEPTED_EPOCHS;
    private Optional<CookieSecret> current = Optional.empty();
    private final List<CookieSecret> retired = new ArrayList<>();

    void take(String line) {
      if (!titled) {
        if (!line.equals(TITLE)) {
          throw new IllegalArgumentException("expected '" + TITLE + "'");
        }
        titled = true;
        return;
      }
      String[] words = line.split(" +");
      switch (words[0]) {
        case "epoch" -> epochSeconds = number(words, SHORTEST_EPOCH, LONGEST_EPOCH);
        case "accept" -> acceptedEpochs = number(words, 1, MOST_ACCEPTED_EPOCHS);
        case "secret" -> {
          if (current.isPresent()) {
            throw new IllegalArgumentException("a second secret in use; there is one");
          }
          current = Optional.of(secret(words, 2, OptionalLong.empty()));
        }
        case "retired" -> {
          if (retired.size() == MOST_RETIRED) {
            throw new IllegalArgumentException("more than " + MOST_RETIRED + " retired secrets");
          }
          retired.add(secret(words, 3, OptionalLong.of(seconds(words))));
        }
        default ->
            throw new IllegalArgumentException(
                "expected epoch, accept, secret or retired as the first word");
      }
    }

    private static int number(String[] words, int least, int most) {
      long value = seconds(words);
      if (words.length != 2 || value < least || value > most) {
        throw new IllegalArgumentException(
            words[0] + " takes one number from " + least + " to " + most);
      }
      return (int) value;
    }

    private static long seconds(String[] words) {
      try {
        return words.length < 2 ? -1 : Long.parseLong(words[1]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected a number after " + words[0], e);
      }
    }

    private static CookieSecret secret(String[] words, int length, OptionalLong retired) {
      String expected =
          "expected " + 2 * CookieSecret.LENGTH + " hexadecimal digits at the end of the line";
      if (words.length != length || words[length - 1].length() != 2 * CookieSecret.LENGTH) {
        throw new IllegalArgumentException(expected);
      }
      byte[] octets;
      try {
        octets = HexFormat.of().parseHex(words[length - 1]);
      } catch (IllegalArgumentException e) {
        // Without its cause, which would show a part of the secret.
        throw new IllegalArgumentException(expected);
      }
      CookieSecret secret = CookieSecret.of(octets);
      return retired.isPresent() ? secret.retired(retired.getAsLong()) : secret;
    }

    CookieSecrets end() {
      if (!titled) {
        throw new IllegalArgumentException("the text is empty");
      }
      return new CookieSecrets(
          epochSeconds,
          acceptedEpochs,
          current.orElseThrow(
              () -> new IllegalArgumentException("there is no line with the secret in use")),
          retired);
    }
  }
}
