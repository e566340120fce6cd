package org.timeball.core.nts.ke;

import java.util.Arrays;

/** One record of a message (RFC 8915, section 4). Immutable. */
final class KeRecord {
  private final boolean critical;
  private final int type;
  private final byte[] body;

  KeRecord(boolean critical, int type, byte[] body) {
    this.critical = critical;
    this.type = type;
    this.body = body.clone();
  }

  /** Whether who does not know the type must refuse the whole message. */
  boolean isCritical() {
    return critical;
  }

  /** The type's number, 0 to 32767. */
  int number() {
    return type;
  }

  boolean is(KeRecordType wanted) {
    return type == wanted.number();
  }

  int length() {
    return body.length;
  }

  byte[] body() {
    return body.clone();
  }

  /** Whether the body is a list of 16-bit numbers, perhaps an empty one. */
  boolean isNumbers() {
    return body.length % 2 == 0;
  }

  /** The body as 16-bit numbers. */
  int[] numbers() {
    int[] numbers = new int[body.length / 2];
    Arrays.setAll(numbers, i -> ((body[2 * i] & 0xFF) << 8) | (body[2 * i + 1] & 0xFF));
    return numbers;
  }
}
