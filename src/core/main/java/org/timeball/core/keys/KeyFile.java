package org.timeball.core.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key file as chrony and ntpd write it: on each line an identifier, an algorithm and a secret.
 *
 * <p>The two differ in what a bare secret means. One with {@code HEX:} or {@code ASCII:} before it
 * is what it says. A bare one of up to 20 characters is text, to both. A longer one of hexadecimal
 * digits alone is hexadecimal, as ntpd has it; chrony would take it as text, and reads {@code
 * ASCII:} before it too. Any other longer one is text.
 *
 * @param keys in the order of the file; empty if there is any problem
 * @param problems what is wrong, with its line
 * @param warnings what is allowed and should not be
 */
public record KeyFile(List<SymmetricKey> keys, List<Remark> problems, List<Remark> warnings) {
  /** As ntpd has it: a longer secret is hexadecimal. */
  private static final int LONGEST_BARE_TEXT = 20;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})+");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");

  /** Octets below which a secret of a hash is guessed too soon. Chosen: 80 bits. */
  private static final int SHORT_SECRET = 10;

  /**
   * Something about one line.
   *
   * @param line from 1
   */
  public record Remark(int line, String sentence) {}

  public KeyFile {
    keys = List.copyOf(keys);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** Reads the text of a file whole. */
  public static KeyFile parse(String text) {
    Reader reader = new Reader();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      reader.line(number, line.strip());
    }
    return new KeyFile(
        reader.problems.isEmpty() ? reader.keys : List.of(), reader.problems, reader.warnings);
  }

  /** A key that cannot be used; the message says why, and not what it is. */
  private static final class BadKey extends Exception {
    private static final long serialVersionUID = 1L;

    BadKey(String message) {
      super(message);
    }
  }

  private static final class Reader {
    private final List<SymmetricKey> keys = new ArrayList<>();
    private final List<Remark> problems = new ArrayList<>();
    private final List<Remark> warnings = new ArrayList<>();
    private final Map<Long, Integer> lines = new HashMap<>();

    void line(int number, String line) {
      if (line.isEmpty() || "#!;%".indexOf(line.charAt(0)) >= 0) {
        return;
      }
      try {
        SymmetricKey key = key(fields(line));
        Integer earlier = lines.putIfAbsent(key.id(), number);
        if (earlier != null) {
          throw new BadKey("key %d stands in line %d already".formatted(key.id(), earlier));
        }
        keys.add(key);
        warn(number, key);
      } catch (BadKey e) {
        problems.add(new Remark(number, e.getMessage()));
      }
    }

    private void warn(int number, SymmetricKey key) {
      if (key.algorithm().isLegacy()) {
        warnings.add(
            new Remark(
                number,
                "key %d: %s is for old peers only; make a new key with 'timeball keygen'"
                    .formatted(key.id(), key.algorithm())));
      }
      if (key.secret().length() < SHORT_SECRET) {
        warnings.add(
            new Remark(
                number,
                "key %d: its secret has only %d octets and can be guessed"
                    .formatted(key.id(), key.secret().length())));
      }
    }

    private static List<String> fields(String line) {
      List<String> fields = new ArrayList<>();
      for (String field : BLANKS.splitAsStream(line).toList()) {
        if (field.startsWith("#")) {
          break;
        }
        fields.add(field);
      }
      return fields;
    }

    private static SymmetricKey key(List<String> fields) throws BadKey {
      long id = id(fields.getFirst());
      return switch (fields.size()) {
        case 1 -> throw new BadKey("key %d has no secret".formatted(id));
        // As chrony has it: without an algorithm it is MD5.
        case 2 -> key(id, KeyAlgorithm.MD5, fields.get(1));
        case 3 -> key(id, algorithm(id, fields.get(1)), fields.get(2));
        default ->
            throw new BadKey(
                ("key %d has something behind its secret. A secret cannot have a space inside:"
                        + " write it as HEX: and hexadecimal digits; lists of addresses behind it"
                        + " are not obeyed")
                    .formatted(id));
      };
    }

    private static long id(String field) throws BadKey {
      if (!NUMBER.matcher(field).matches()) {
        throw new BadKey("expected 'identifier algorithm secret', and the first is not a number");
      }
      long id = Long.parseLong(field);
      if (id < 1 || id > SymmetricKey.LARGEST_ID) {
        throw new BadKey("key identifier %d is outside 1 to 4294967295".formatted(id));
      }
      return id;
    }

    private static KeyAlgorithm algorithm(long id, String name) throws BadKey {
      return KeyAlgorithm.ofName(name)
          .orElseThrow(() ->
              new BadKey(
                  "key %d: there is no algorithm '%s' here; there are %s"
                      .formatted(id, name, List.of(KeyAlgorithm.values()))));
    }

    private static SymmetricKey key(long id, KeyAlgorithm algorithm, String secret) throws BadKey {
      byte[] octets = octets(id, secret);
      int needed = algorithm.secretLength();
      if (needed > 0 && octets.length != needed) {
        throw new BadKey(
            "key %d: %s takes a secret of %d octets, and this has %d"
                .formatted(id, algorithm, needed, octets.length));
      }
      return new SymmetricKey(id, algorithm, new SymmetricKey.Secret(octets));
    }

    private static byte[] octets(long id, String secret) throws BadKey {
      Optional<String> hex = after("HEX:", secret);
      if (hex.isPresent() || (secret.length() > LONGEST_BARE_TEXT && isHex(secret))) {
        String digits = hex.orElse(secret);
        if (!isHex(digits)) {
          throw new BadKey(
              "key %d: behind HEX: stand pairs of hexadecimal digits and nothing else"
                  .formatted(id));
        }
        return HexFormat.of().parseHex(digits);
      }
      String text = after("ASCII:", secret).orElse(secret);
      if (!PRINTABLE.matcher(text).matches()) {
        throw new BadKey(
            "key %d: a secret is printable ASCII without spaces; write any other as HEX:"
                .formatted(id));
      }
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isHex(String text) {
      return HEX.matcher(text).matches();
    }

    private static Optional<String> after(String prefix, String text) {
      return text.startsWith(prefix)
          ? Optional.of(text.substring(prefix.length()))
          : Optional.empty();
    }
  }
}
