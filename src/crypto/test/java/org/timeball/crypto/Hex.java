package org.timeball.crypto;

import com.google.gson.JsonObject;
import java.util.HexFormat;

/** Vectors are written in hexadecimal. */
final class Hex {
  private Hex() {}

  static byte[] octets(JsonObject test, String key) {
    return HexFormat.of().parseHex(test.get(key).getAsString());
  }

  static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
