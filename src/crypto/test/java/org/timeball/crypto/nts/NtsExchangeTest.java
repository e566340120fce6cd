package org.timeball.crypto.nts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.ServerState;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.nts.packet.NtsReply;
import org.timeball.core.nts.packet.NtsRequest;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.server.Admission;
import org.timeball.core.server.IpAddresses;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.crypto.Aeads;
import org.timeball.time.Leap;

/** Our client's requests, answered by our responder. */
class NtsExchangeTest {
  private static final int ROOM = 1_600;
  private static final long NOW = Cookies.NOW * 1_000_000_000L;
  private static final AeadAlgorithm SIV = AeadAlgorithm.AES_SIV_CMAC_256;

  private CookieKeyRing ring = Cookies.ring();
  private final Random random = new Random(5);
  private final Responder responder = responder(false);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(4 * ROOM);

  @ParameterizedTest
  @EnumSource
  void authenticatesTheTimeAndSendsAFreshCookie(AeadAlgorithm algorithm) {
    NtsKeys keys = keys(algorithm);
    byte[] cookie = Cookies.seal(ring, algorithm, keys.both());
    NtsRequest request = request(keys, cookie, 0);

    byte[] reply = exchange(request.octets(), Outcome.ANSWERED_WITH_NTS);

    assertThat(request.judge(reply))
        .isInstanceOfSatisfying(
            NtsReply.Authentic.class,
            authentic -> {
              assertThat(authentic.cookies()).hasSize(1);
              assertThat(authentic.cookies().getFirst()).isNotEqualTo(cookie);
              NtsRequest next = request(keys, authentic.cookies().getFirst(), 0);
              assertThat(next.judge(exchange(next.octets(), Outcome.ANSWERED_WITH_NTS)))
                  .isInstanceOf(NtsReply.Authentic.class);
            });
    assertThat(NtpHeader.transmitTimestamp(ByteBuffer.wrap(reply), 0)).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 9})
  void sendsACookieForEachPlaceholderButNeverMoreThanEight(int placeholders) {
    NtsKeys keys = keys(SIV);
    NtsRequest request = request(keys, Cookies.seal(ring, SIV, keys.both()), placeholders);

    byte[] reply = exchange(request.octets(), Outcome.ANSWERED_WITH_NTS);

    assertThat(cookies(request, reply)).hasSize(Math.min(placeholders + 1, 8));
    assertThat(reply.length).isLessThanOrEqualTo(request.octets().length);
  }

  @Test
  void answersSeveralRequestsOfABatchBeforeAnyIsSealed() {
    NtsKeys first = keys(SIV);
    NtsKeys second = keys(AeadAlgorithm.AES_SIV_CMAC_512);
    NtsRequest one = request(first, Cookies.seal(ring, SIV, first.both()), 2);
    NtsRequest two = request(second, Cookies.seal(ring, second.algorithm(), second.both()), 0);
    byte[] plain = Arrays.copyOf(one.octets(), NtpHeader.LENGTH);

    int lengthOne = answer(one.octets(), 0, Outcome.ANSWERED_WITH_NTS);
    int lengthPlain = answer(plain, 1, Outcome.ANSWERED);
    int lengthTwo = answer(two.octets(), 2, Outcome.ANSWERED_WITH_NTS);

    assertThat(two.judge(finish(2, lengthTwo))).isInstanceOf(NtsReply.Authentic.class);
    assertThat(finish(1, lengthPlain)).hasSize(NtpHeader.LENGTH);
    assertThat(cookies(one, finish(0, lengthOne))).hasSize(3);
  }

  @Test
  void neverAnswersPlainlyWhateverBitOfARequestIsFlipped() {
    NtsKeys keys = keys(SIV);
    byte[] request = request(keys, Cookies.seal(ring, SIV, keys.both()), 1).octets();
    int kisses = 0;
    for (int bit = 0; bit < request.length * 8; bit++) {
      byte[] spoilt = request.clone();
      spoilt[bit / 8] ^= (byte) (1 << bit % 8);
      Request datagram = load(spoilt, 0);
      Outcome outcome = responder.answer(datagram, ServerState.unsynchronized(-20), NOW);
      assertThat(outcome)
          .as("bit " + bit)
          .isNotIn(Outcome.ANSWERED, Outcome.ANSWERED_WITH_NTS, Outcome.CRYPTO_NAK);
      if (outcome == Outcome.KISSED_NTSN) {
        byte[] kiss = finish(0, responder.replyLength());
        assertThat(kiss.length).isLessThanOrEqualTo(spoilt.length);
        assertThat(NtpHeader.stratum(ByteBuffer.wrap(kiss), 0)).isZero();
        assertThat(NtpHeader.leap(ByteBuffer.wrap(kiss), 0)).isEqualTo(Leap.UNSYNCHRONIZED);
        kisses++;
      } else {
        assertThat(outcome.answered()).isFalse();
      }
    }
    assertThat(kisses).isGreaterThan(request.length);
  }

  @Test
  void believesNoReplyOfWhichAnyBitIsFlipped() {
    NtsKeys keys = keys(SIV);
    NtsRequest request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0);
    byte[] reply = exchange(request.octets(), Outcome.ANSWERED_WITH_NTS);
    for (int bit = 0; bit < reply.length * 8; bit++) {
      byte[] spoilt = reply.clone();
      spoilt[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(request.judge(spoilt)).isInstanceOf(NtsReply.Ignored.class);
    }
  }

  @Test
  void believesNoReplyToAnotherRequestAndNoRequestAsItsReply() {
    NtsKeys keys = keys(SIV);
    NtsRequest request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0);
    NtsRequest other = request(keys, Cookies.seal(ring, SIV, keys.both()), 0);
    byte[] reply = exchange(request.octets(), Outcome.ANSWERED_WITH_NTS);

    assertThat(other.judge(reply)).isInstanceOf(NtsReply.Ignored.class);
    assertThat(request.judge(request.octets())).isInstanceOf(NtsReply.Ignored.class);
    assertThat(request.judge(Arrays.copyOf(reply, NtpHeader.LENGTH)))
        .isInstanceOf(NtsReply.Ignored.class);
  }

  @Test
  void tellsAClientThatItsCookieIsOfAnotherServer() {
    NtsKeys keys = keys(SIV);
    CookieKeyRing foreign =
        Cookies.ring(CookieSecrets.startingWith(Cookies.secret(8)), Cookies.NOW);
    NtsRequest request = request(keys, Cookies.seal(foreign, SIV, keys.both()), 0);

    byte[] reply = exchange(request.octets(), Outcome.KISSED_NTSN);

    assertThat(request.judge(reply)).isInstanceOf(NtsReply.CookieRefused.class);
    // Whoever did not see the request cannot forge the kiss.
    NtsRequest other = request(keys, Cookies.seal(foreign, SIV, keys.both()), 0);
    assertThat(other.judge(reply)).isInstanceOf(NtsReply.Ignored.class);
  }

  @Test
  void followsTheKeyRingWithoutARestart() {
    NtsKeys keys = keys(SIV);
    CookieSecrets secrets = CookieSecrets.startingWith(Cookies.secret(1));
    NtsRequest request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0);

    ring = Cookies.ring(secrets.rotated(Cookies.secret(2), Cookies.NOW), Cookies.NOW);
    byte[] reply = exchange(request.octets(), Outcome.ANSWERED_WITH_NTS);

    assertThat(cookies(request, reply)).hasSize(1);
    ring = Cookies.ring(CookieSecrets.startingWith(Cookies.secret(3)), Cookies.NOW);
    NtsRequest late = request(keys, Cookies.seal(Cookies.ring(), SIV, keys.both()), 0);
    exchange(late.octets(), Outcome.KISSED_NTSN);
  }

  @Test
  void keepsSilentUntilTheKeysAreLoaded() {
    NtsKeys keys = keys(SIV);
    byte[] request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0).octets();
    CookieKeyRing loaded = ring;
    ring = null;

    assertThat(responder.answer(load(request, 0), ServerState.unsynchronized(-20), NOW))
        .isEqualTo(Outcome.NTS_NOT_READY);
    ring = loaded;
    exchange(request, Outcome.ANSWERED_WITH_NTS);
  }

  @Test
  void dropsRequestsWithoutNtsWhereItIsRequired() {
    Responder strict = responder(true);
    byte[] plain = header();

    assertThat(strict.answer(load(plain, 0), ServerState.unsynchronized(-20), NOW))
        .isEqualTo(Outcome.NTS_REQUIRED);
    NtsKeys keys = keys(SIV);
    byte[] request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0).octets();
    assertThat(strict.answer(load(request, 0), ServerState.unsynchronized(-20), NOW))
        .isEqualTo(Outcome.ANSWERED_WITH_NTS);
  }

  @Test
  void answersAnIdentifierWithoutNtsByRepeatingIt() {
    NtsKeys keys = keys(SIV);
    byte[] request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0).octets();
    byte[] identified = Arrays.copyOf(request, NtpHeader.LENGTH + 36);

    byte[] reply = exchange(identified, Outcome.ANSWERED);

    assertThat(Arrays.copyOfRange(reply, NtpHeader.LENGTH, reply.length))
        .isEqualTo(Arrays.copyOfRange(identified, NtpHeader.LENGTH, identified.length));
  }

  @Test
  void treatsTheFieldsAsUnknownOnesWhereNtsIsNotServed() {
    NtsKeys keys = keys(SIV);
    byte[] request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0).octets();
    Responder without = new Responder();
    for (int i = 0; i < 3; i++) {
      assertThat(without.answer(load(request, 0), ServerState.unsynchronized(-20), NOW))
          .isEqualTo(Outcome.ANSWERED);
      assertThat(without.replyLength()).isEqualTo(NtpHeader.LENGTH);
    }
  }

  @Test
  void dropsRequestsWhoseFieldsAreMissingRepeatedOrShort() {
    NtsKeys keys = keys(SIV);
    byte[] request = request(keys, Cookies.seal(ring, SIV, keys.both()), 0).octets();
    byte[] identifier = Arrays.copyOfRange(request, 48, 84);
    byte[] cookie = Arrays.copyOfRange(request, 84, 188);
    byte[] authenticator = Arrays.copyOfRange(request, 188, request.length);
    byte[] shortIdentifier = Arrays.copyOf(identifier, 32);
    shortIdentifier[3] = 32;
    for (List<byte[]> fields :
        List.of(
            List.of(cookie, authenticator),
            List.of(identifier, authenticator),
            List.of(identifier, cookie),
            List.of(authenticator),
            List.of(cookie),
            List.of(identifier, identifier, cookie, authenticator),
            List.of(identifier, cookie, cookie, authenticator),
            List.of(shortIdentifier, cookie, authenticator),
            List.of(authenticator, identifier, cookie))) {
      ByteBuffer packet = ByteBuffer.allocate(ROOM).put(request, 0, 48);
      fields.forEach(packet::put);
      byte[] octets = Arrays.copyOf(packet.array(), packet.position());
      assertThat(responder.answer(load(octets, 0), ServerState.unsynchronized(-20), NOW).answered())
          .as(fields.size() + " fields, " + octets.length + " octets")
          .isFalse();
    }
  }

  @Test
  void survivesWhateverArrives() {
    NtsKeys keys = keys(SIV);
    byte[] good = request(keys, Cookies.seal(ring, SIV, keys.both()), 3).octets();
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = Arrays.copyOf(good, 52 + random.nextInt(300) * 4);
      for (int changes = random.nextInt(6); changes > 0; changes--) {
        octets[48 + random.nextInt(octets.length - 48)] = (byte) random.nextInt(256);
      }
      Outcome outcome = responder.answer(load(octets, 0), ServerState.unsynchronized(-20), NOW);
      if (outcome.answered()) {
        assertThat(finish(0, responder.replyLength()).length).isLessThanOrEqualTo(octets.length);
      }
    }
  }

  /** The JDK's ciphers take new objects for each key; nothing else may. */
  @Test
  void allocatesABoundedAmountForAReply() {
    NtsKeys keys = keys(SIV);
    byte[] octets = request(keys, Cookies.seal(ring, SIV, keys.both()), 0).octets();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Request datagram = load(octets, 0);
    long before = 0;
    int measured = 2_000;
    for (int i = 0; i < 4 * measured; i++) {
      if (i == 3 * measured) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      buffer.put(0, octets);
      responder.answer(datagram, ServerState.unsynchronized(-20), NOW);
      responder.finish(buffer, 0, responder.replyLength(), NOW);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / measured;

    assertThat(each).isLessThan(4_096);
  }

  private Responder responder(boolean ntsRequired) {
    return new Responder(
        Admission.open(),
        PacketKeys.NONE,
        Optional.of(
            new NtsReplies(() -> Optional.ofNullable(ring), Aeads::of, Cookies.randomness(3), 4)),
        ntsRequired,
        Optional.empty());
  }

  private List<byte[]> cookies(NtsRequest request, byte[] reply) {
    NtsReply judged = request.judge(reply);
    assertThat(judged).isInstanceOf(NtsReply.Authentic.class);
    return ((NtsReply.Authentic) judged).cookies();
  }

  private byte[] exchange(byte[] request, Outcome expected) {
    return finish(0, answer(request, 0, expected));
  }

  private int answer(byte[] request, int slot, Outcome expected) {
    assertThat(responder.answer(load(request, slot), ServerState.unsynchronized(-20), NOW))
        .isEqualTo(expected);
    return responder.replyLength();
  }

  private byte[] finish(int slot, int length) {
    responder.finish(buffer, slot * ROOM, length, NOW);
    byte[] reply = new byte[length];
    buffer.get(slot * ROOM, reply);
    return reply;
  }

  private Request load(byte[] octets, int slot) {
    buffer.put(slot * ROOM, octets);
    return new Request()
        .octets(buffer, slot * ROOM, octets.length, false)
        .source(0, IpAddresses.mapped(0xC0_00_02_07), 40_123)
        .destination(0, IpAddresses.mapped(0xC0_00_02_01), 123, true)
        .receivedAt(NOW);
  }

  private NtsRequest request(NtsKeys keys, byte[] cookie, int placeholders) {
    byte[] identifier = new byte[NtsRequest.IDENTIFIER_LENGTH];
    byte[] nonce = new byte[NtsRequest.NONCE_LENGTH];
    random.nextBytes(identifier);
    random.nextBytes(nonce);
    return new NtsRequest(
        header(), keys, Aeads.of(keys.algorithm()), cookie, placeholders, identifier, nonce);
  }

  private byte[] header() {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, random.nextLong());
    return packet.array();
  }

  private static NtsKeys keys(AeadAlgorithm algorithm) {
    byte[] both = Cookies.keys(algorithm);
    int length = algorithm.keyOctets();
    return new NtsKeys(
        algorithm, Arrays.copyOf(both, length), Arrays.copyOfRange(both, length, 2 * length));
  }
}
