package org.timeball.core.nts.ke;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.corpora.Corpora;

class KeServerTest {
  private static final String PROTOCOL = "800100020000";
  private static final String SIV_256 = "80040002000f";
  private static final String END = "80000000";

  private final KeServer server = new KeServer(Optional.empty(), OptionalInt.empty());

  @Test
  void grantsWhatEveryClientAsksFor() {
    assertThat(answer(PROTOCOL + SIV_256 + END)).isEqualTo(granted(AeadAlgorithm.AES_SIV_CMAC_256));
  }

  @Test
  void takesTheFirstAlgorithmOfTheClientThatItHas() {
    assertThat(answer(PROTOCOL + "80040008" + "7fff00110010000f" + END))
        .isEqualTo(granted(AeadAlgorithm.AES_SIV_CMAC_512));
  }

  @Test
  void takesGcmSivFromAClientThatPromisesCompliantKeysAndConfirmsIt() {
    KeAnswer answer = answer(PROTOCOL + "80040004001e000f" + "04000000" + END);

    assertThat(answer).isEqualTo(new KeAnswer.Granted(AeadAlgorithm.AES_128_GCM_SIV, true));
    assertThat(hex(server.response(answer, List.of())))
        .isEqualTo(PROTOCOL + "80040002001e" + "04000000" + END);
  }

  @Test
  void takesAnyOtherAlgorithmFromAClientThatDoesNotPromiseCompliantKeys() {
    assertThat(answer(PROTOCOL + "80040004001e000f" + END))
        .isEqualTo(granted(AeadAlgorithm.AES_SIV_CMAC_256));
    assertThat(answer(PROTOCOL + "80040002001e" + END))
        .isEqualTo(granted(AeadAlgorithm.AES_128_GCM_SIV));
  }

  @Test
  void saysWhenThereIsNoProtocolInCommon() {
    KeAnswer answer = answer("800100027777" + END);

    assertThat(answer).isEqualTo(KeAnswer.NothingInCommon.PROTOCOL);
    assertThat(hex(server.response(answer, List.of()))).isEqualTo("80010000" + END);
  }

  @Test
  void saysWhenThereIsNoAlgorithmInCommon() {
    KeAnswer answer = answer(PROTOCOL + "800400027777" + END);

    assertThat(answer).isEqualTo(KeAnswer.NothingInCommon.ALGORITHM);
    assertThat(hex(server.response(answer, List.of()))).isEqualTo(PROTOCOL + "80040000" + END);
  }

  @Test
  void readsPastRecordsThatAreUnknownAndNotCritical() {
    assertThat(answer("4242000401020304" + PROTOCOL + "00ff0000" + SIV_256 + END))
        .isEqualTo(granted(AeadAlgorithm.AES_SIV_CMAC_256));
  }

  @Test
  void readsPastWishesForServerAndPort() {
    assertThat(answer(PROTOCOL + SIV_256 + "0006000131" + "00070002007b" + END))
        .isEqualTo(granted(AeadAlgorithm.AES_SIV_CMAC_256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"80ff0000" + PROTOCOL + SIV_256, PROTOCOL + SIV_256 + "c00100021234"})
  void refusesACriticalRecordThatItDoesNotKnow(String records) {
    assertThat(answer(records + END)).isEqualTo(refused(KeError.UNRECOGNIZED_CRITICAL_RECORD));
    assertThat(hex(server.response(answer(records + END), List.of())))
        .isEqualTo("800200020000" + END);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        END,
        PROTOCOL + END,
        SIV_256 + END,
        PROTOCOL + SIV_256,
        // Twice.
        PROTOCOL + PROTOCOL + SIV_256 + END,
        PROTOCOL + SIV_256 + SIV_256 + END,
        // Empty, or of an odd length.
        "80010000" + SIV_256 + END,
        PROTOCOL + "80040000" + END,
        PROTOCOL + "80040003000f00" + END,
        "8001000300000f" + SIV_256 + END,
        // Not critical although it must be.
        "000100020000" + SIV_256 + END,
        PROTOCOL + SIV_256 + "00000000",
        // An end with a body, or with something behind it.
        PROTOCOL + SIV_256 + "8000000100",
        PROTOCOL + SIV_256 + END + END,
        PROTOCOL + SIV_256 + END + "00",
        // What only servers send.
        PROTOCOL + SIV_256 + "800200020000" + END,
        PROTOCOL + SIV_256 + "800300020000" + END,
        PROTOCOL + SIV_256 + "0005000401020304" + END,
        // A port that is none, and two of them.
        PROTOCOL + SIV_256 + "000700017b" + END,
        PROTOCOL + SIV_256 + "00070002007b00070002007b" + END,
        // A length beyond the end.
        "8001fff00000" + SIV_256 + END,
      })
  void refusesARequestThatIsNotWellFormed(String request) {
    assertThat(answer(request)).isEqualTo(refused(KeError.BAD_REQUEST));
  }

  @Test
  void refusesARequestLongerThanAnyWithSense() {
    byte[] request = new byte[KeMessage.MOST_OCTETS + 4];
    request[0] = 0x40;
    request[2] = (byte) ((KeMessage.MOST_OCTETS - 4) >> 8);
    request[3] = (byte) (KeMessage.MOST_OCTETS - 4);
    request[KeMessage.MOST_OCTETS] = (byte) 0x80;

    assertThat(server.answer(request)).isEqualTo(refused(KeError.BAD_REQUEST));
  }

  @Test
  void sendsCookiesServerAndPort() {
    KeServer elsewhere = new KeServer(Optional.of("ntp.test"), OptionalInt.of(4123));

    byte[] response =
        elsewhere.response(
            granted(AeadAlgorithm.AES_SIV_CMAC_256),
            List.of(new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8}));

    assertThat(hex(response))
        .isEqualTo(
            PROTOCOL
                + SIV_256
                + "000600086e74702e74657374"
                + "00070002101b"
                + "0005000401020304"
                + "0005000405060708"
                + END);
  }

  /**
   * Differs from the peer in one thing: a protocol that is unknown is answered by an empty list and
   * not by an error (RFC 8915, section 4.1.2). Neither gives keys.
   */
  @Test
  void agreesWithNtpsecOnWhatGetsKeys() {
    for (JsonElement element : tests("vectors/ntpsec_nts_server_ke.json")) {
      JsonObject test = element.getAsJsonObject();
      assertThat(answer(test.get("message").getAsString()) instanceof KeAnswer.Granted)
          .as(test.get("comment").getAsString())
          .isEqualTo(test.get("peer_accepts").getAsBoolean());
    }
  }

  @Test
  void agreesWithNtpdRsOnWhatGetsNoKeys() {
    int tried = 0;
    for (JsonElement element : tests("vectors/ntpdrs_nts_ke_messages.json")) {
      JsonObject test = element.getAsJsonObject();
      if (test.get("what").getAsString().equals("request")) {
        assertThat(answer(test.get("message").getAsString()))
            .as(test.get("message").getAsString())
            .isNotInstanceOf(KeAnswer.Granted.class);
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(15);
  }

  @Test
  void readsEachRecordOfAPeerToItsEndAndWaitsForTheRestOfTheOthers() {
    int whole = 0;
    for (JsonElement element : tests("vectors/ntpdrs_nts_ke_records.json")) {
      byte[] record =
          HexFormat.of().parseHex(element.getAsJsonObject().get("record").getAsString());
      int length = 4 + (ByteBuffer.wrap(record).getShort(2) & 0xFFFF);
      boolean last = (ByteBuffer.wrap(record).getShort(0) & 0x7FFF) == 0;
      if (length > record.length) {
        assertThat(KeMessage.lengthOf(ByteBuffer.wrap(record))).isEqualTo(KeMessage.INCOMPLETE);
        assertThat(element.getAsJsonObject().get("peer_accepts").getAsBoolean()).isFalse();
        continue;
      }
      String message = HexFormat.of().formatHex(record, 0, length) + (last ? "" : END);
      byte[] octets = HexFormat.of().parseHex(message);
      assertThat(KeMessage.lengthOf(ByteBuffer.wrap(octets))).as(message).isEqualTo(octets.length);
      assertThat(answer(message)).as(message).isNotInstanceOf(KeAnswer.Granted.class);
      assertThat(KeClient.judge(octets)).as(message).isInstanceOf(KeResult.Refused.class);
      whole++;
    }
    assertThat(whole).isGreaterThan(25);
  }

  @Test
  void findsWhereAMessageEndsHoweverItArrives() {
    byte[] message = HexFormat.of().parseHex(PROTOCOL + SIV_256 + END);
    for (int length = 0; length < message.length; length++) {
      assertThat(KeMessage.lengthOf(ByteBuffer.wrap(message, 0, length)))
          .isEqualTo(KeMessage.INCOMPLETE);
    }
    byte[] more = Arrays.copyOf(message, message.length + 3);
    assertThat(KeMessage.lengthOf(ByteBuffer.wrap(more))).isEqualTo(message.length);
  }

  @Test
  void survivesWhateverArrives() {
    Random random = new Random(1);
    byte[] good = HexFormat.of().parseHex(PROTOCOL + SIV_256 + "0005000401020304" + END);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = Arrays.copyOf(good, random.nextInt(good.length + 8));
      for (int flips = random.nextInt(4); flips > 0 && octets.length > 0; flips--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      assertThat(server.response(server.answer(octets), List.of())).isNotEmpty();
      assertThat(KeClient.judge(octets)).isNotNull();
    }
  }

  private KeAnswer answer(String hex) {
    return server.answer(HexFormat.of().parseHex(hex));
  }

  private static KeAnswer granted(AeadAlgorithm algorithm) {
    return new KeAnswer.Granted(algorithm, false);
  }

  private static KeAnswer refused(KeError error) {
    return new KeAnswer.Refused(error);
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static Iterable<JsonElement> tests(String file) {
    return Corpora.json(file).getAsJsonObject().getAsJsonArray("tests");
  }
}
