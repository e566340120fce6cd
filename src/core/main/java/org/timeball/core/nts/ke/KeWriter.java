package org.timeball.core.nts.ke;

import java.io.ByteArrayOutputStream;

/** Puts a message together, record by record. */
final class KeWriter {
  private static final int CRITICAL = 0x8000;

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  KeWriter critical(KeRecordType type, int... numbers) {
    header(type.number() | CRITICAL, 2 * numbers.length);
    for (int number : numbers) {
      number(number);
    }
    return this;
  }

  KeWriter optional(KeRecordType type, byte... body) {
    header(type.number(), body.length);
    octets.writeBytes(body);
    return this;
  }

  /** The whole message, with its end. */
  byte[] end() {
    critical(KeRecordType.END_OF_MESSAGE);
    return octets.toByteArray();
  }

  private void header(int type, int length) {
    number(type);
    number(length);
  }

  private void number(int number) {
    octets.write(number >> 8);
    octets.write(number);
  }
}
