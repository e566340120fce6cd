package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.corpora.Corpora;

/** Packets that others captured or made up, with what a server does about each. */
class PacketVectorsTest {
  private static final long NOW = 1_795_453_699_000_000_000L;

  private final Responder responder = new Responder();

  private static Map<String, ByteBuffer> packets(String file) {
    Map<String, ByteBuffer> packets = new LinkedHashMap<>();
    int number = 0;
    for (JsonElement element : Corpora.json(file).getAsJsonObject().getAsJsonArray("tests")) {
      JsonObject test = element.getAsJsonObject();
      byte[] octets = HexFormat.of().parseHex(test.get("packet").getAsString());
      packets.put(number++ + " " + test.get("name").getAsString(), ByteBuffer.wrap(octets));
    }
    return packets;
  }

  private Outcome answer(ByteBuffer packet) {
    return responder.answer(
        Requests.of(packet).receivedAt(NOW), ServerState.unsynchronized(-20), NOW);
  }

  @Test
  void answersTheCapturedRequestsAndRefusesTheDamagedOnes() {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    packets("vectors/ntpdrs_packets.json")
        .forEach((name, packet) -> outcomes.put(name.replaceFirst("\\d+ ", ""), answer(packet)));
    assertThat(outcomes)
        .containsEntry("test_captured_client#0", Outcome.ANSWERED)
        .containsEntry("test_captured_client#1", Outcome.ANSWERED)
        .containsEntry("test_version#0", Outcome.UNKNOWN_VERSION)
        .containsEntry("test_version#3", Outcome.UNKNOWN_VERSION)
        .containsEntry("test_nts_captured_client#0", Outcome.ANSWERED)
        .allSatisfy((name, outcome) -> {
          if (name.startsWith("test_undersized_nonce")
              || name.startsWith("test_undersized_encryption_ef")) {
            assertThat(outcome.answered()).as(name).isFalse();
          }
        });
  }

  @Test
  void answersNothingOfOtherModesAndNoFieldOfNoLength() {
    packets("vectors/scapy_ntp_packets.json")
        .forEach((name, packet) -> {
          int mode = NtpHeader.mode(packet, 0);
          Outcome outcome = answer(packet);
          assertThat(outcome.answered()).as(name).isFalse();
          if (mode == Mode.CLIENT) {
            assertThat(outcome).as(name).isEqualTo(Outcome.MALFORMED_TRAILER);
          }
        });
  }
}
