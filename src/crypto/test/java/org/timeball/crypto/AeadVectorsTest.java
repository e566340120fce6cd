package org.timeball.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Octets;
import org.timeball.corpora.Corpora;

/** Published vectors, the invalid ones among them. */
class AeadVectorsTest {
  private static AeadAlgorithm siv(int keyOctets) {
    return switch (keyOctets) {
      case 32 -> AeadAlgorithm.AES_SIV_CMAC_256;
      case 48 -> AeadAlgorithm.AES_SIV_CMAC_384;
      case 64 -> AeadAlgorithm.AES_SIV_CMAC_512;
      default ->
          throw new IllegalArgumentException("no AES-SIV has a key of " + keyOctets + " octets");
    };
  }

  /** RFC 5297, appendix A.1 and A.2, and the same layout with longer keys. */
  @Test
  void sealsAsTheStandardShows() {
    List<String> shown = new ArrayList<>();
    for (JsonElement element :
        Corpora.json("vectors/rfc5297_aes_siv.json").getAsJsonObject().getAsJsonArray("tests")) {
      JsonObject test = element.getAsJsonObject();
      byte[] key = Hex.octets(test, "key");
      AesSiv siv = new AesSiv(siv(key.length));
      siv.setKey(key, 0);
      byte[] out = new byte[Hex.octets(test, "ciphertext").length];
      if (test.has("plaintext2")) {
        // Another text of the same key before must leave nothing behind.
        sealAsShown(siv, test, "plaintext2", out);
        assertThat(out).isNotEqualTo(Hex.octets(test, "ciphertext"));
      }
      sealAsShown(siv, test, test.has("plaintext2") ? "plaintext1" : "plaintext", out);
      assertThat(out).as(test.get("name").getAsString()).isEqualTo(Hex.octets(test, "ciphertext"));
      shown.add(test.get("name").getAsString());
    }
    assertThat(shown).contains("test_vector_1", "test_vector_2", "test_copy");
  }

  private static void sealAsShown(AesSiv siv, JsonObject test, String text, byte[] out) {
    siv.begin();
    for (JsonElement name : test.getAsJsonArray("decl_order")) {
      if (name.getAsString().startsWith("ad") || name.getAsString().equals("nonce")) {
        siv.associate(Octets.of(Hex.octets(test, name.getAsString())));
      }
    }
    siv.seal(Octets.of(Hex.octets(test, text)), out, 0);
  }

  @Test
  void agreesWithWycheproofOnDeterministicSiv() {
    int tried = 0;
    for (JsonObject test : wycheproof("wycheproof_aes_siv_cmac_test.json")) {
      byte[] key = Hex.octets(test, "key");
      AesSiv siv = new AesSiv(siv(key.length));
      siv.setKey(key, 0);
      byte[] sealed = Hex.octets(test, "ct");
      byte[] text = Hex.octets(test, "msg");
      byte[] out = new byte[Math.max(sealed.length, text.length)];
      siv.begin();
      siv.associate(Octets.of(Hex.octets(test, "aad")));
      int length = siv.open(Octets.of(sealed), out, 0);
      check(test, length, out, text);
      tried++;
    }
    assertThat(tried).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wycheproof_aead_aes_siv_cmac_test.json", "wycheproof_aes_gcm_siv_test.json"})
  void agreesWithWycheproofOnAuthenticatedEncryption(String file) {
    int tried = 0;
    for (JsonObject test : wycheproof(file)) {
      byte[] key = Hex.octets(test, "key");
      if (file.contains("gcm") && key.length != 16) {
        continue;
      }
      Aead aead = Aeads.of(file.contains("gcm") ? AeadAlgorithm.AES_128_GCM_SIV : siv(key.length));
      aead.setKey(key, 0);
      byte[] text = Hex.octets(test, "msg");
      boolean tagFirst = !file.contains("gcm");
      byte[] tag = Hex.octets(test, "tag");
      byte[] enciphered = Hex.octets(test, "ct");
      byte[] sealed = tagFirst ? Hex.joined(tag, enciphered) : Hex.joined(enciphered, tag);
      byte[] out = new byte[Math.max(sealed.length, text.length) + 16];
      Octets nonce = Octets.of(Hex.octets(test, "iv"));
      Octets associated = Octets.of(Hex.octets(test, "aad"));
      int length = aead.open(nonce, associated, Octets.of(sealed), out, 0);
      check(test, length, out, text);
      if (length >= 0) {
        byte[] again = new byte[sealed.length];
        assertThat(aead.seal(nonce, associated, Octets.of(text), again, 0))
            .isEqualTo(sealed.length);
        assertThat(again).isEqualTo(sealed);
      }
      tried++;
    }
    assertThat(tried).isGreaterThan(50);
  }

  @Test
  void agreesWithChronysVectors() {
    int tried = 0;
    for (JsonElement element :
        Corpora.json("vectors/chrony_siv.json").getAsJsonObject().getAsJsonArray("tests")) {
      JsonObject test = element.getAsJsonObject();
      Aead aead = Aeads.of(AeadAlgorithm.ofNumber(test.get("aead_id").getAsInt()).orElseThrow());
      aead.setKey(Hex.octets(test, "key"), 0);
      byte[] text = Hex.octets(test, "plaintext");
      byte[] out = new byte[text.length + 16];
      aead.seal(
          Octets.of(Hex.octets(test, "nonce")),
          Octets.of(Hex.octets(test, "aad")),
          Octets.of(text),
          out,
          0);
      assertThat(out).isEqualTo(Hex.octets(test, "ciphertext"));
      tried++;
    }
    assertThat(tried).isGreaterThan(7);
  }

  private static void check(JsonObject test, int length, byte[] out, byte[] text) {
    String name = "test " + test.get("tcId") + ": " + test.get("comment").getAsString();
    if (test.get("result").getAsString().equals("valid")) {
      assertThat(length).as(name).isEqualTo(text.length);
      assertThat(Arrays.copyOf(out, length)).as(name).isEqualTo(text);
    } else {
      assertThat(length).as(name).isEqualTo(Aead.NOT_AUTHENTIC);
    }
  }

  private static List<JsonObject> wycheproof(String file) {
    List<JsonObject> tests = new ArrayList<>();
    for (JsonElement group :
        Corpora.json("vectors/" + file).getAsJsonObject().getAsJsonArray("testGroups")) {
      for (JsonElement test : group.getAsJsonObject().getAsJsonArray("tests")) {
        tests.add(test.getAsJsonObject());
      }
    }
    return tests;
  }
}
