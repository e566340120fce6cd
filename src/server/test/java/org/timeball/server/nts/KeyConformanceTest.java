package org.timeball.server.nts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;
import org.timeball.crypto.certificate.Pem;
import org.timeball.server.nts.OtherTls.Hello;

/** What is asked of a key server (RFC 8915, section 4), octet by octet on the wire. */
@Timeout(120)
class KeyConformanceTest {
  private static final String PROTOCOL = "800100020000";
  private static final String SIV_256 = "80040002000f";
  private static final String END = "80000000";
  private static final String USUAL = PROTOCOL + SIV_256 + END;
  private static final String BAD_REQUEST = "800200020001" + END;
  private static final String UNKNOWN_CRITICAL = "800200020000" + END;
  private static final int CRITICAL = 0x8000;
  private static final int COOKIE = 5;

  @TempDir private Path directory;
  private NtsService service;

  private record KeRecord(int type, String body) {}

  @BeforeEach
  void start() throws Exception {
    service = KeyServices.start(directory, 100);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesEightDistinctCookiesThatHoldTheKeysOfTheAlgorithm(AeadAlgorithm algorithm)
      throws Exception {
    try (OtherTls peer = connected(Hello.USUAL)) {
      String wanted = "80040002%04x".formatted(algorithm.number());
      peer.send(PROTOCOL + wanted + END);
      List<KeRecord> records = records(peer.answer());

      assertThat(records.get(0)).as("protocol").matches(r -> is(r, CRITICAL | 1, "0000"));
      assertThat(records.get(1))
          .as("algorithm")
          .matches(r -> is(r, CRITICAL | 4, "%04x".formatted(algorithm.number())));
      assertThat(records.getLast()).as("end").matches(r -> is(r, CRITICAL, ""));
      List<KeRecord> cookies = records.subList(2, records.size() - 1);
      assertThat(cookies).hasSize(8).allMatch(r -> r.type() == COOKIE);
      Set<String> different = new HashSet<>();
      for (KeRecord cookie : cookies) {
        assertThat(cookie.body()).hasSameSizeAs(cookies.getFirst().body());
        different.add(cookie.body());
        byte[] keys = new byte[CookieSealer.LONGEST_KEYS];
        assertThat(open(HexFormat.of().parseHex(cookie.body()), keys)).isEqualTo(algorithm);
        assertThat(HexFormat.of().formatHex(keys, 0, 2 * algorithm.keyOctets()))
            .isEqualTo(peer.keys(algorithm));
      }
      assertThat(different).hasSize(8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SIV_256 + PROTOCOL + END,
        "800100040000" + "8001" + SIV_256 + END,
        PROTOCOL + "0004000400ff000f" + END,
        PROTOCOL + SIV_256 + "0006000b" + "74696d652e6c6f63616c" + "2e" + "00070002007b" + END,
        "7ffe0000" + PROTOCOL + "7fff000100" + SIV_256 + END,
      })
  void grantsEveryRequestThatIsRight(String request) throws Exception {
    try (OtherTls peer = connected(Hello.USUAL)) {
      peer.send(request);
      assertThat(cookies(peer.answer())).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "critical and unknown," + PROTOCOL + SIV_256 + "c0010000" + END + "," + UNKNOWN_CRITICAL,
    "nothing," + END + "," + BAD_REQUEST,
    "no protocol," + SIV_256 + END + "," + BAD_REQUEST,
    "no algorithm," + PROTOCOL + END + "," + BAD_REQUEST,
    "two protocols," + PROTOCOL + PROTOCOL + SIV_256 + END + "," + BAD_REQUEST,
    "two lists," + PROTOCOL + SIV_256 + SIV_256 + END + "," + BAD_REQUEST,
    "empty list," + PROTOCOL + "80040000" + END + "," + BAD_REQUEST,
    "half a number," + PROTOCOL + "80040003000f00" + END + "," + BAD_REQUEST,
    "a warning," + PROTOCOL + SIV_256 + "800300020000" + END + "," + BAD_REQUEST,
    "an error," + PROTOCOL + SIV_256 + "800200020000" + END + "," + BAD_REQUEST,
    "a cookie," + PROTOCOL + SIV_256 + "0005000401020304" + END + "," + BAD_REQUEST,
    "the end not critical," + PROTOCOL + SIV_256 + "00000000," + BAD_REQUEST,
    "another protocol," + "800100028001" + SIV_256 + END + ",80010000" + END,
    "other algorithms," + PROTOCOL + "800400047ffe7fff" + END + "," + PROTOCOL + "80040000" + END,
  })
  void answersWhatIsWrongAsTheStandardSaysAndTakesItsLeave(
      String what, String request, String answer) throws Exception {
    try (OtherTls peer = connected(Hello.USUAL)) {
      peer.send(request);
      assertThat(peer.answer()).as(what).isEqualTo(answer);
    }
  }

  @Test
  void refusesOlderTlsAndOtherProtocolsByTheirAlerts() throws Exception {
    try (OtherTls peer = peer(Hello.USUAL.of(ProtocolVersion.TLSv12))) {
      assertThat(peer.refusal()).hasValue(AlertDescription.protocol_version);
    }
    try (OtherTls peer = peer(Hello.USUAL.offering("h2", "http/1.1"))) {
      assertThat(peer.refusal()).hasValue(AlertDescription.no_application_protocol);
    }
    assertThat(service.report().granted()).isZero();
  }

  @Test
  void takesItsLeaveOfAClientThatNamesNoProtocol() throws Exception {
    try (OtherTls peer = connected(Hello.USUAL.offering())) {
      assertThat(peer.answer()).isEmpty();
    }
    assertThat(service.report().refused()).isEqualTo(1);
  }

  @Test
  void findsItsProtocolAmongOthers() throws Exception {
    try (OtherTls peer = connected(Hello.USUAL.offering("h2", "ntske/1"))) {
      peer.send(USUAL);
      assertThat(cookies(peer.answer())).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "elsewhere.example"})
  void doesNotMindByWhichNameItIsCalled(String name) throws Exception {
    try (OtherTls peer = connected(name.isEmpty() ? Hello.USUAL : Hello.USUAL.to(name))) {
      peer.send(USUAL);
      assertThat(cookies(peer.answer())).isEqualTo(8);
      assertThat(peer.wasAskedForCertificate()).isFalse();
    }
  }

  @Test
  void answersOnceWhateverFollows() throws Exception {
    try (OtherTls peer = connected(Hello.USUAL)) {
      peer.send(USUAL + USUAL + "00");
      assertThat(cookies(peer.answer())).isEqualTo(8);
    }
    assertThat(service.report().granted()).isEqualTo(1);
  }

  @Test
  void refusesARequestLongerThanAnyWithSense() throws Exception {
    try (OtherTls peer = connected(Hello.USUAL)) {
      byte[] padding = new byte[15_000];
      padding[0] = 0x40;
      padding[2] = (byte) ((padding.length - 4) >> 8);
      padding[3] = (byte) (padding.length - 4);
      peer.send(padding);
      peer.send(padding);
      assertThat(peer.answer()).isEqualTo(BAD_REQUEST);
    }
  }

  @Test
  void answersAClientThatSendsNoMore() throws Exception {
    try (OtherTls peer = connected(Hello.USUAL)) {
      peer.send(USUAL);
      peer.endOutput();
      assertThat(cookies(peer.answer())).isEqualTo(8);
    }
  }

  /** By a farewell of TLS, which closes one direction only (RFC 8446, section 6.1). */
  @ParameterizedTest
  @CsvSource({USUAL + ",8", PROTOCOL + SIV_256 + ",0", END + ",0"})
  void answersAClientThatSaysFarewellFirst(String request, int cookies) throws Exception {
    X509Certificate authority =
        Pem.certificates(Files.readString(directory.resolve("ca.pem"))).getFirst();
    try (SSLSocket socket =
        KeyClient.connect(service.ports().getFirst(), authority, "TLSv1.3", "ntske/1")) {
      socket.startHandshake();
      socket.getOutputStream().write(HexFormat.of().parseHex(request));
      socket.shutdownOutput();
      String answer = HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
      assertThat(cookies(answer)).isEqualTo(cookies);
      if (cookies == 0) {
        assertThat(answer).isEqualTo(BAD_REQUEST);
      }
    }
  }

  private OtherTls peer(Hello hello) throws IOException {
    return new OtherTls(service.ports().getFirst(), hello);
  }

  private OtherTls connected(Hello hello) throws IOException {
    OtherTls peer = peer(hello);
    assertThat(peer.refusal()).isEmpty();
    return peer;
  }

  private static boolean is(KeRecord record, int type, String body) {
    return record.type() == type && record.body().equals(body);
  }

  private static long cookies(String answer) {
    return records(answer).stream().filter(r -> r.type() == COOKIE).count();
  }

  private static List<KeRecord> records(String answer) {
    ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(answer));
    List<KeRecord> records = new ArrayList<>();
    while (octets.hasRemaining()) {
      int type = octets.getShort() & 0xFFFF;
      byte[] body = new byte[octets.getShort() & 0xFFFF];
      octets.get(body);
      records.add(new KeRecord(type, HexFormat.of().formatHex(body)));
    }
    return records;
  }

  private AeadAlgorithm open(byte[] cookie, byte[] keys) throws IOException {
    CookieKeyRing ring =
        CookieKeyRing.at(
            CookieSecrets.parse(Files.readString(directory.resolve("cookie-keys"))),
            KeyServices.NOW.getEpochSecond(),
            new Hkdf());
    return new CookieSealer(
            Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
            Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
            new Random(1)::nextBytes)
        .open(ring, cookie, 0, cookie.length, keys);
  }
}
