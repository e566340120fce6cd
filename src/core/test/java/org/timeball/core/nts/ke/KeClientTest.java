package org.timeball.core.nts.ke;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.corpora.Corpora;

class KeClientTest {
  private static final String START = "80010002000080040002000f";
  private static final String COOKIE = "0005000c0102030405060708090a0b0c";
  private static final String END = "80000000";

  @Test
  void asksForNtpv4WithAlgorithmsThatEveryServerDerivesAlike() {
    assertThat(HexFormat.of().formatHex(KeClient.request()))
        .isEqualTo("800100020000" + "80040006000f00100011" + END);
  }

  @Test
  void takesCookiesServerAndPort() {
    KeResult.Granted granted =
        granted(START + "80060009" + "3139322e302e322e31" + "80070002101b" + COOKIE + END);

    assertThat(granted.algorithm()).isEqualTo(AeadAlgorithm.AES_SIV_CMAC_256);
    assertThat(granted.cookies()).hasSize(1);
    assertThat(granted.ntpServer()).isEqualTo(Optional.of("192.0.2.1"));
    assertThat(granted.ntpPort()).isEqualTo(OptionalInt.of(4123));
  }

  @Test
  void keepsEightOfTwoHundredCookies() {
    assertThat(granted(START + COOKIE.repeat(200) + END).cookies()).hasSize(8);
  }

  @Test
  void keepsOnlyCookiesThatFitIntoAField() {
    String empty = "00050000";
    String odd = "0005000d0102030405060708090a0b0c0d";
    String huge = "000507d0" + "00".repeat(2000);

    assertThat(granted(START + empty + odd + huge + COOKIE + END).cookies()).hasSize(1);
    assertThat(judge(START + empty + odd + huge + END))
        .isEqualTo(new KeResult.Refused("the server sent no cookie that can be used"));
  }

  @ParameterizedTest
  @CsvSource({
    "80020002000180000000, a request that is incomplete",
    "80020002007780000000, code 119",
    "800200010080000000, error",
    "80030002000080000000, warning",
    "80ff000080000000, critical record of an unknown type",
    "80000000, no protocol",
    "8001000080000000, does not speak NTPv4",
    "80010004000000018000 0000, does not speak NTPv4",
    "8001000200008004000080000000, none of our algorithms",
    "80010002000080040002001e80000000, chose what was not offered",
    "80010002000080040004000f001180000000, chose what was not offered",
    "80010002000080040002000f80040002000f80000000, more than once",
    "80010002000080040002000f80000000, no cookie",
    "80010002000080040002000f, not well-formed",
    "80010002000080040002000f00000000, not well-formed",
  })
  void refusesWithTheReasonInWords(String response, String reason) {
    assertThat(judge(response.replace(" ", "")))
        .isInstanceOfSatisfying(
            KeResult.Refused.class, refused -> assertThat(refused.why()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "80060000",
    "800600020a0a",
    "80060001318006000132",
    "80070001 7b",
    "800700020000",
    "80070002007b80070002007b"
  })
  void refusesAServerOrPortThatCannotBeOne(String records) {
    assertThat(judge(START + records.replace(" ", "") + COOKIE + END))
        .isInstanceOf(KeResult.Refused.class);
  }

  @Test
  void readsTheResponsesThatChronySent() {
    int sessions = 0;
    for (JsonElement element :
        Corpora.json("vectors/nts_live_chrony.json").getAsJsonObject().getAsJsonArray("sessions")) {
      String response = element.getAsJsonObject().get("ke_response").getAsString();
      assertThat(granted(response).cookies()).hasSize(8);
      sessions++;
    }
    assertThat(sessions).isGreaterThan(0);
  }

  /**
   * Where both give verdicts they agree, except on the one message that the peer takes: its cookie
   * of 8 octets is shorter than any extension field can carry unchanged (RFC 7822, section 3).
   */
  @Test
  void refusesWhatPeersRefuse() {
    int tried = 0;
    for (String file : new String[] {"ntpsec_nts_client_ke.json", "ntpdrs_nts_ke_messages.json"}) {
      for (JsonElement element :
          Corpora.json("vectors/" + file).getAsJsonObject().getAsJsonArray("tests")) {
        JsonObject test = element.getAsJsonObject();
        boolean isResponse = !test.has("what") || test.get("what").getAsString().equals("response");
        if (isResponse && !test.get("peer_accepts").getAsBoolean()) {
          assertThat(judge(test.get("message").getAsString())).isInstanceOf(KeResult.Refused.class);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(15);
  }

  private static KeResult judge(String hex) {
    return KeClient.judge(HexFormat.of().parseHex(hex));
  }

  private static KeResult.Granted granted(String hex) {
    assertThat(judge(hex)).isInstanceOf(KeResult.Granted.class);
    return (KeResult.Granted) judge(hex);
  }
}
