package org.timeball.core.nts.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.packet.Trailer;
import org.timeball.corpora.Corpora;
import org.timeball.crypto.Aeads;

/** Sessions between other programs, recorded with their keys. */
class LiveSessionTest {
  @Test
  void opensEveryPacketOfTheRecordedSessions() {
    int opened = 0;
    for (JsonElement element :
        Corpora.json("vectors/nts_live_chrony.json").getAsJsonObject().getAsJsonArray("sessions")) {
      JsonObject session = element.getAsJsonObject();
      for (JsonElement each : session.getAsJsonArray("packets")) {
        JsonObject packet = each.getAsJsonObject();
        boolean fromClient = packet.get("dir").getAsString().equals("c2s");
        byte[] text =
            open(
                octets(packet, "packet"),
                AeadAlgorithm.AES_SIV_CMAC_256,
                octets(session, fromClient ? "c2s_key" : "s2c_key"),
                fromClient);
        assertThat(text).isEqualTo(octets(packet, "authenticated_plaintext"));
        opened++;
      }
    }
    assertThat(opened).isGreaterThanOrEqualTo(48);
  }

  /** The peer's captures, with keys of 512 bits. */
  @Test
  void opensWhatAnotherImplementationCaptured() {
    int opened = 0;
    for (JsonElement element :
        Corpora.json("vectors/ntpdrs_packets.json").getAsJsonObject().getAsJsonArray("tests")) {
      JsonObject test = element.getAsJsonObject();
      if (test.has("key") && test.get("peer_accepts").getAsBoolean()) {
        byte[] key = octets(test, "key");
        boolean fromClient = test.get("name").getAsString().contains("client");
        assertThat(open(octets(test, "packet"), AeadAlgorithm.AES_SIV_CMAC_512, key, fromClient))
            .as(test.get("name").getAsString())
            .isNotNull();
        opened++;
      }
    }
    assertThat(opened).isGreaterThan(0);
  }

  private static byte[] open(
      byte[] octets, AeadAlgorithm algorithm, byte[] key, boolean fromClient) {
    ByteBuffer packet = ByteBuffer.wrap(octets);
    Trailer trailer = new Trailer();
    assertThat(trailer.read(packet, 0, octets.length)).isEqualTo(Trailer.Ending.OPEN);
    FieldScan fields = new FieldScan();
    fields.read(packet, trailer.fieldsStart(), trailer.fieldsEnd());
    assertThat(fromClient ? fields.isRequest() : fields.isResponse()).isTrue();
    Aead aead = Aeads.of(algorithm);
    aead.setKey(key, 0);
    byte[] out = new byte[octets.length];
    int length = new Authenticator().open(aead, octets, fields.authenticatorAt(), fromClient, out);
    assertThat(length).isNotNegative();
    return Arrays.copyOf(out, length);
  }

  private static byte[] octets(JsonObject object, String key) {
    return HexFormat.of().parseHex(object.get(key).getAsString());
  }
}
