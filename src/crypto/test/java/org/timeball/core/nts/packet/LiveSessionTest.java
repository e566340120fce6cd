package org.timeball.core.nts.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.timeball.core.ServerState;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.packet.Trailer;
import org.timeball.core.server.Admission;
import org.timeball.core.server.IpAddresses;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.corpora.Corpora;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;

/** Sessions between other programs, recorded with their keys. */
class LiveSessionTest {
  private static final CookieSecrets SECRETS =
      CookieSecrets.startingWith(CookieSecret.of(new byte[CookieSecret.LENGTH]));

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

  @Test
  void opensNoPacketOfTheRecordedSessionsWithAnyBitFlipped() {
    for (boolean fromClient : new boolean[] {true, false}) {
      JsonObject session = sessions().getFirst();
      byte[] packet = octets(packets(session, fromClient).getFirst(), "packet");
      byte[] key = octets(session, fromClient ? "c2s_key" : "s2c_key");
      for (int bit = 0; bit < packet.length * 8; bit++) {
        byte[] spoilt = packet.clone();
        spoilt[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(isAuthentic(spoilt, key, fromClient)).as("bit " + bit).isFalse();
      }
      assertThat(isAuthentic(packet, key, fromClient)).isTrue();
    }
  }

  private static boolean isAuthentic(byte[] octets, byte[] key, boolean fromClient) {
    ByteBuffer packet = ByteBuffer.wrap(octets);
    Trailer trailer = new Trailer();
    FieldScan fields = new FieldScan();
    if (trailer.read(packet, 0, octets.length) != Trailer.Ending.OPEN) {
      return false;
    }
    fields.read(packet, trailer.fieldsStart(), trailer.fieldsEnd());
    if (!(fromClient ? fields.isRequest() : fields.isResponse())) {
      return false;
    }
    Aead aead = Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256);
    aead.setKey(key, 0);
    byte[] out = new byte[octets.length];
    return new Authenticator().open(aead, octets, fields.authenticatorAt(), fromClient, out) >= 0;
  }

  /** What a server does that does not serve NTS, or does not know the cookies. */
  @Test
  void theRecordedRequestsGetTheTimeWithoutNtsOrAKissAndNeverBoth() {
    Responder without = new Responder();
    Responder other =
        new Responder(
            Admission.open(),
            PacketKeys.NONE,
            Optional.of(
                new NtsReplies(
                    () -> Optional.of(CookieKeyRing.at(SECRETS, 0, new Hkdf())),
                    Aeads::of,
                    octets -> Arrays.fill(octets, (byte) 1),
                    1)),
            false,
            Optional.empty());
    for (JsonObject session : sessions()) {
      for (JsonObject recorded : packets(session, true)) {
        byte[] packet = octets(recorded, "packet");
        assertThat(answer(without, packet)).isEqualTo(Outcome.ANSWERED);
        assertThat(without.replyLength()).isEqualTo(NtpHeader.LENGTH);
        assertThat(answer(other, packet)).isEqualTo(Outcome.KISSED_NTSN);
      }
    }
  }

  private static Outcome answer(Responder responder, byte[] packet) {
    Request request =
        new Request()
            .octets(ByteBuffer.wrap(packet.clone()), 0, packet.length, false)
            .source(0, IpAddresses.mapped(0xC0_00_02_07), 40_123)
            .destination(0, IpAddresses.mapped(0xC0_00_02_01), 123, true);
    return responder.answer(request, ServerState.unsynchronized(-20), 0);
  }

  private static List<JsonObject> sessions() {
    return Corpora.json("vectors/nts_live_chrony.json")
        .getAsJsonObject()
        .getAsJsonArray("sessions")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static List<JsonObject> packets(JsonObject session, boolean fromClient) {
    return session.getAsJsonArray("packets").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(packet -> packet.get("dir").getAsString().equals("c2s") == fromClient)
        .toList();
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
