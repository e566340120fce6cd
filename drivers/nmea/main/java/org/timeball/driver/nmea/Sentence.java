package org.timeball.driver.nmea;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * One sentence, its fields read in place. The scanner uses the same one again and again; {@link
 * #copy} keeps it.
 */
final class Sentence {
  /**
   * Octets kept between the dollar sign and the asterisk. NMEA 0183 allows 79; receivers with
   * centimetre fields send GGA of 90, and GNS grows with every satellite system.
   */
  static final int MOST_OCTETS = 120;

  /** GSV has 21; what is beyond is not read by anyone. */
  private static final int MOST_FIELDS = 32;

  private static final int DETAIL_OCTETS = 60;

  private final byte[] text;
  private final int[] fieldStart = new int[MOST_FIELDS + 1];
  private int length;
  private int fields;
  private SentenceKind kind = SentenceKind.OTHER;

  /** Octets of the line before the dollar sign. */
  long octetOffset;

  long startRawNanos;
  long endRawNanos;

  Sentence() {
    this(new byte[MOST_OCTETS]);
  }

  private Sentence(byte[] text) {
    this.text = text;
  }

  void begin(long octetOffset, long startRawNanos) {
    this.octetOffset = octetOffset;
    this.startRawNanos = startRawNanos;
    length = 0;
  }

  /** Keeps an octet. False if there is no room. */
  boolean add(byte octet) {
    if (length == MOST_OCTETS) {
      return false;
    }
    text[length++] = octet;
    return true;
  }

  /** The last octet has come: finds the fields. */
  void end(long endRawNanos) {
    this.endRawNanos = endRawNanos;
    fields = 0;
    fieldStart[0] = 0;
    for (int i = 0; i < length && fields < MOST_FIELDS - 1; i++) {
      if (text[i] == ',') {
        fieldStart[++fields] = i + 1;
      }
    }
    fieldStart[++fields] = length + 1;
    kind = SentenceKind.of(text, fieldLength(0));
  }

  Sentence copy() {
    Sentence copy = new Sentence(Arrays.copyOf(text, MOST_OCTETS));
    System.arraycopy(fieldStart, 0, copy.fieldStart, 0, fieldStart.length);
    copy.length = length;
    copy.fields = fields;
    copy.kind = kind;
    copy.octetOffset = octetOffset;
    copy.startRawNanos = startRawNanos;
    copy.endRawNanos = endRawNanos;
    return copy;
  }

  int length() {
    return length;
  }

  SentenceKind kind() {
    return kind;
  }

  /** How many fields there are, the address being number 0. */
  int fields() {
    return fields;
  }

  /** Octets of a field; 0 if there is none. */
  int fieldLength(int field) {
    return field < fields ? fieldStart[field + 1] - 1 - fieldStart[field] : 0;
  }

  /** The octet of a field; 0 beyond its end. */
  int octet(int field, int index) {
    return index < fieldLength(field) ? text[fieldStart[field] + index] : 0;
  }

  /**
   * A whole number of {@code digits} digits within a field.
   *
   * @return -1 if any of them is no digit
   */
  int digits(int field, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = octet(field, i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /**
   * A field that is a whole number of 1 to {@code most} digits.
   *
   * @return -1 if it is not
   */
  int number(int field, int most) {
    int digits = fieldLength(field);
    return digits == 0 || digits > most ? -1 : digits(field, 0, digits);
  }

  /** Where a word stands in the sentence; -1 if nowhere. */
  int find(String word) {
    for (int i = 0; i + word.length() <= length; i++) {
      int matched = 0;
      while (matched < word.length() && text[i + matched] == word.charAt(matched)) {
        matched++;
      }
      if (matched == word.length()) {
        return i;
      }
    }
    return -1;
  }

  /** The text behind a place, cut to a sensible length. */
  String textFrom(int place) {
    return new String(text, place, Math.min(length - place, DETAIL_OCTETS), US_ASCII);
  }

  /** For people, cut to a sensible length. */
  String detail() {
    return textFrom(0);
  }
}
