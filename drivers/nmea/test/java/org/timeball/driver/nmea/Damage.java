package org.timeball.driver.nmea;

import java.io.ByteArrayOutputStream;
import java.util.random.RandomGenerator;

/** What a bad line does to octets: some change, some are lost, some come from nowhere. */
final class Damage {
  /** One octet in so many is hit: every few sentences. */
  private static final int ONE_IN = 250;

  private static final int[] FROM_NOWHERE = {0, 0xFF, '$', '*', ',', '\n', 0xB5, 0x62, 0xD3};

  private Damage() {}

  static byte[] to(byte[] octets, RandomGenerator random) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      if (random.nextInt(ONE_IN) != 0) {
        result.write(octets[i]);
        continue;
      }
      switch (random.nextInt(5)) {
        case 0 -> result.write(octets[i] ^ 1 << random.nextInt(8));
        case 1 -> result.write(random.nextInt(256));
        case 2 -> i += random.nextInt(40); // a piece is lost
        case 3 -> {
          result.write(FROM_NOWHERE[random.nextInt(FROM_NOWHERE.length)]);
          result.write(octets[i]);
        }
        default -> { // the head of a frame with any length
          result.write(0xB5);
          result.write(0x62);
          result.write(random.nextInt(256));
          result.write(random.nextInt(256));
          result.write(random.nextInt(256));
          result.write(random.nextInt(20));
        }
      }
    }
    return result.toByteArray();
  }
}
