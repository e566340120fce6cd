package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.ServerState;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.NtpTimestamp;

/** Symmetric packets of those whom nobody configured as peers. */
class PassiveTest {
  private static final long NOW = 1_795_453_699L * 1_000_000_000L;
  private static final long TRANSMIT = 0xDEAD_BEEF_0BAD_F00DL;
  private static final int KEY_ID = 42;
  private static final SumKey KEY = new SumKey(7, 20);
  private static final PacketKeys KEYS = id -> id == KEY_ID ? KEY : null;
  private static final ServerState STATE = ServerState.unsynchronized(-20);

  private static Responder responder(Passive passive, boolean ntsRequired) {
    return new Responder(
        Admission.open(), KEYS, Optional.empty(), ntsRequired, Optional.empty(), passive);
  }

  private static Outcome answer(Responder responder, ByteBuffer packet) {
    return responder.answer(Requests.of(packet).receivedAt(NOW), STATE, NOW);
  }

  private static ByteBuffer plain() {
    ByteBuffer packet = Requests.packet(4, Mode.SYMMETRIC_ACTIVE, NtpHeader.LENGTH);
    NtpHeader.transmitTimestamp(packet, 0, TRANSMIT);
    return packet;
  }

  private static ByteBuffer sealed(int keyId, SumKey key) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH + 24).put(0, plain().array());
    MessageCode.write(packet, 0, NtpHeader.LENGTH, keyId, key);
    return packet;
  }

  @ParameterizedTest
  @CsvSource({"OFF, PEERING_REFUSED", "KEYED, PEERING_REFUSED", "OPEN, ANSWERED"})
  void withoutAKeyAStrangerIsAnsweredOnlyWhereAnybodyIs(Passive passive, Outcome outcome) {
    assertThat(answer(responder(passive, false), plain())).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"OFF, PEERING_REFUSED", "KEYED, ANSWERED", "OPEN, ANSWERED"})
  void withTheRightKeyItIsAnsweredUnlessNobodyIs(Passive passive, Outcome outcome) {
    assertThat(answer(responder(passive, false), sealed(KEY_ID, KEY))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @EnumSource(Passive.class)
  void aWrongKeyIsMetWithSilence(Passive passive) {
    Responder responder = responder(passive, false);

    assertThat(answer(responder, sealed(KEY_ID, new SumKey(8, 20))))
        .isEqualTo(Outcome.PEERING_REFUSED);
    assertThat(answer(responder, sealed(41, KEY))).isEqualTo(Outcome.PEERING_REFUSED);
    assertThat(responder.replyLength()).isZero();
  }

  @Test
  void theAnswerIsModeTwoRepeatsTheQuestionAndIsSealedWithTheSameKey() {
    Responder responder = responder(Passive.KEYED, false);
    ByteBuffer packet = sealed(KEY_ID, KEY);

    assertThat(answer(responder, packet)).isEqualTo(Outcome.ANSWERED);
    responder.finish(packet, 0, responder.replyLength(), NOW + 1000);

    assertThat(responder.replyLength()).isEqualTo(packet.capacity());
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SYMMETRIC_PASSIVE);
    assertThat(NtpHeader.originTimestamp(packet, 0)).isEqualTo(TRANSMIT);
    assertThat(NtpHeader.receiveTimestamp(packet, 0)).isEqualTo(NtpTimestamp.bitsOfUnixNanos(NOW));
    assertThat(MessageCode.keyId(packet, NtpHeader.LENGTH)).isEqualTo(KEY_ID);
    assertThat(MessageCode.verify(packet, 0, NtpHeader.LENGTH, 24, KEY)).isTrue();
  }

  @Test
  void anAnswerIsNotAnswered() {
    Responder responder = responder(Passive.OPEN, false);
    ByteBuffer packet = plain();
    answer(responder, packet);

    assertThat(answer(responder, packet)).isEqualTo(Outcome.NOT_A_REQUEST);
  }

  @Test
  void whereNetworkTimeSecurityIsRequiredNoPeerIsAnswered() {
    assertThat(answer(responder(Passive.OPEN, true), sealed(KEY_ID, KEY)))
        .isEqualTo(Outcome.PEERING_REFUSED);
  }

  @Test
  void whoMayNotPeerHearsNothingEvenWithTheRightKeyAndIsAnsweredAsAClient() {
    Responder responder =
        new Responder(
            new Admission(peeringOf(AccessList.Verdict.DENY), 0),
            KEYS,
            Optional.empty(),
            false,
            Optional.empty(),
            Passive.OPEN);

    assertThat(answer(responder, sealed(KEY_ID, KEY))).isEqualTo(Outcome.PEERING_REFUSED);
    assertThat(answer(responder, plain())).isEqualTo(Outcome.PEERING_REFUSED);
    assertThat(responder.replyLength()).isZero();
    assertThat(answer(responder, Requests.client(4))).isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void whoMayPeerHoldsFromTheNextRequestAfterAReload() {
    Admission admission = new Admission(peeringOf(AccessList.Verdict.ALLOW), 0);
    Responder responder =
        new Responder(admission, KEYS, Optional.empty(), false, Optional.empty(), Passive.OPEN);
    assertThat(answer(responder, plain())).isEqualTo(Outcome.ANSWERED);

    admission.use(peeringOf(AccessList.Verdict.DENY));

    assertThat(answer(responder, plain())).isEqualTo(Outcome.PEERING_REFUSED);
  }

  private static AccessPolicy peeringOf(AccessList.Verdict verdict) {
    return new AccessPolicy(
        AccessList.everybody(AccessList.Verdict.ALLOW),
        AccessList.everybody(verdict),
        AccessPolicy.Refusal.SILENT,
        RateLimit.DEFAULT,
        ClientTable.LEAST_CLIENTS);
  }

  @Test
  void aStrangerThatAsksTooOftenIsToldSoInItsOwnMode() {
    AccessPolicy onceASecond =
        new AccessPolicy(
            AccessList.everybody(AccessList.Verdict.LIMIT),
            AccessPolicy.Refusal.SILENT,
            new RateLimit(1_000_000_000L, 1, 1_000_000L, 100, 64),
            ClientTable.LEAST_CLIENTS);
    Responder responder =
        new Responder(
            new Admission(onceASecond, 0),
            KEYS,
            Optional.empty(),
            false,
            Optional.empty(),
            Passive.OPEN);
    answer(responder, plain());
    ByteBuffer packet = plain();

    assertThat(answer(responder, packet)).isEqualTo(Outcome.KISSED_RATE);
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SYMMETRIC_PASSIVE);
    assertThat(NtpHeader.stratum(packet, 0)).isZero();
  }
}
