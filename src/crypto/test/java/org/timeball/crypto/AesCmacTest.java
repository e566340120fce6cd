package org.timeball.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.timeball.corpora.Corpora;

class AesCmacTest {
  private static byte[] mac(byte[] key, byte[] message) {
    AesCmac cmac = new AesCmac();
    cmac.setKey(key, 0, key.length);
    byte[] out = new byte[16];
    cmac.mac(message, 0, message.length);
    cmac.write(out, 0);
    return out;
  }

  /** RFC 4493, section 4: the four examples. */
  @Test
  void agreesWithTheExamplesOfTheStandard() {
    byte[] key = Hex.octets("2b7e151628aed2a6abf7158809cf4f3c");
    String text =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    assertThat(mac(key, Hex.octets(""))).isEqualTo(Hex.octets("bb1d6929e95937287fa37d129b756746"));
    assertThat(mac(key, Hex.octets(text.substring(0, 32))))
        .isEqualTo(Hex.octets("070a16b46b4d4144f79bdd9dd04a287c"));
    assertThat(mac(key, Hex.octets(text.substring(0, 80))))
        .isEqualTo(Hex.octets("dfa66747de9ae63030ca32611497c827"));
    assertThat(mac(key, Hex.octets(text)))
        .isEqualTo(Hex.octets("51f0bebf7e3b9d92fc49741779363cfe"));
  }

  @Test
  void agreesWithWycheproof() {
    int tried = 0;
    for (JsonElement group :
        Corpora.json("vectors/wycheproof_aes_cmac_test.json")
            .getAsJsonObject()
            .getAsJsonArray("testGroups")) {
      for (JsonElement element : group.getAsJsonObject().getAsJsonArray("tests")) {
        JsonObject test = element.getAsJsonObject();
        byte[] key = Hex.octets(test, "key");
        if (key.length != 16 && key.length != 24 && key.length != 32) {
          continue;
        }
        boolean equal = Arrays.equals(mac(key, Hex.octets(test, "msg")), Hex.octets(test, "tag"));
        assertThat(equal)
            .as("test %s: %s", test.get("tcId"), test.get("comment"))
            .isEqualTo(test.get("result").getAsString().equals("valid"));
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(100);
  }
}
