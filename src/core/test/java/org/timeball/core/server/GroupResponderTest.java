package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.ServerState;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** Requests by which clients search for servers. */
class GroupResponderTest {
  private static final long NOW = 1_795_453_699L * 1_000_000_000L;
  private static final long GROUP = IpAddresses.mapped(0xEF_FF_4B_01);
  private static final long NONCE = 0xDEAD_BEEF_0BAD_F00DL;
  private static final int KEY_ID = 42;
  private static final SumKey KEY = new SumKey(7, 20);
  private static final PacketKeys KEYS = id -> id == KEY_ID ? KEY : null;
  private static final ServerState GPS =
      new ServerState(
          Leap.NONE, 1, -23, 0, 0.001, 15e-6, NOW, ReferenceId.ofText("GPS"), NOW - 1_000_000_000L);

  private static GroupResponder responder(boolean codeRequired) {
    return new GroupResponder(Admission.open(), KEYS, codeRequired);
  }

  private static Request toGroup(ByteBuffer packet, long handledRawNanos) {
    return Requests.of(packet)
        .destination(0, GROUP, 123, false)
        .receivedAt(NOW)
        .handledAt(handledRawNanos);
  }

  private static ByteBuffer plain() {
    ByteBuffer packet = Requests.client(4);
    NtpHeader.transmitTimestamp(packet, 0, NONCE);
    return packet;
  }

  private static ByteBuffer sealed(SumKey key) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH + 24).put(0, plain().array());
    MessageCode.write(packet, 0, NtpHeader.LENGTH, KEY_ID, key);
    return packet;
  }

  @Test
  void aSearchWithARightCodeIsAnsweredWithOneAndWithNoMoreOctets() {
    GroupResponder responder = responder(true);
    ByteBuffer packet = sealed(KEY);
    assertThat(responder.answer(toGroup(packet, 0), GPS, NOW)).isEqualTo(Outcome.ANSWERED);
    responder.finish(packet, 0, responder.replyLength(), NOW);

    assertThat(responder.replyLength()).isEqualTo(packet.capacity());
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SERVER);
    assertThat(NtpHeader.originTimestamp(packet, 0)).isEqualTo(NONCE);
    assertThat(MessageCode.verify(packet, 0, NtpHeader.LENGTH, 24, KEY)).isTrue();
  }

  @Test
  void withoutARightCodeNothingIsSaid() {
    assertThat(responder(true).answer(toGroup(plain(), 0), GPS, NOW))
        .isEqualTo(Outcome.NOT_AUTHENTIC);
    assertThat(responder(false).answer(toGroup(sealed(new SumKey(8, 20)), 0), GPS, NOW))
        .isEqualTo(Outcome.NOT_AUTHENTIC);
    assertThat(responder(false).answer(toGroup(plain(), 0), GPS, NOW)).isEqualTo(Outcome.ANSWERED);
  }

  @ParameterizedTest
  @CsvSource({"UNSYNCHRONIZED, 1", "UNSYNCHRONIZED, 16", "NONE, 0", "NONE, 16"})
  void whoIsNotSynchronisedIsSilent(Leap leap, int stratum) {
    ServerState state =
        new ServerState(
            leap, stratum, -23, 0, 0.001, 15e-6, NOW, ReferenceId.ofText("GPS"), NOW - 1);
    assertThat(responder(false).answer(toGroup(plain(), 0), state, NOW))
        .isEqualTo(Outcome.NOT_SYNCHRONISED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 7})
  void nothingButAClientsRequestIsAnswered(int mode) {
    ByteBuffer packet = Requests.packet(4, mode, NtpHeader.LENGTH);
    assertThat(responder(false).answer(toGroup(packet, 0), GPS, NOW))
        .isEqualTo(Outcome.NOT_A_REQUEST);
  }

  @Test
  void aRequestOfTheFirstVersionWithoutAModeIsNotAnswered() {
    ByteBuffer packet = Requests.packet(1, Mode.RESERVED, NtpHeader.LENGTH);
    assertThat(responder(false).answer(toGroup(packet, 0), GPS, NOW))
        .isEqualTo(Outcome.NOT_A_REQUEST);
  }

  @Test
  void whatIsTooShortHasNoMode() {
    ByteBuffer packet = Requests.packet(4, Mode.SYMMETRIC_ACTIVE, NtpHeader.LENGTH - 1);
    assertThat(responder(false).answer(toGroup(packet, 0), GPS, NOW)).isEqualTo(Outcome.TOO_SHORT);
  }

  @Test
  void nobodyIsToldThatItMayNotAskOrAsksTooOften() {
    assertThat(asked(AccessList.Verdict.DENY)).isEqualTo(Outcome.ACCESS_DENIED);
    assertThat(asked(AccessList.Verdict.LIMIT)).isEqualTo(Outcome.RATE_EXCEEDED);
  }

  /** What becomes of the first of two in one moment that is not answered. */
  private static Outcome asked(AccessList.Verdict verdict) {
    RateLimit oneASecond = new RateLimit(1_000_000_000L, 1, 10_000_000_000L, 5, 64);
    AccessPolicy policy =
        new AccessPolicy(
            AccessList.everybody(verdict), AccessPolicy.Refusal.DENY, oneASecond, 1024);
    GroupResponder responder = new GroupResponder(new Admission(policy, 7), KEYS, false);
    Outcome first = responder.answer(toGroup(plain(), 1), GPS, NOW);
    return first == Outcome.ANSWERED ? responder.answer(toGroup(plain(), 1), GPS, NOW) : first;
  }

  @Test
  void whatWasSentToThisMachineAloneIsNoSearch() {
    assertThat(responder(false).answer(Requests.of(plain()).receivedAt(NOW), GPS, NOW))
        .isEqualTo(Outcome.NOT_UNICAST);
    assertThat(new Responder().answer(toGroup(plain(), 0), GPS, NOW))
        .isEqualTo(Outcome.NOT_UNICAST);
  }

  @Test
  void aFloodIsAnsweredAtAPaceOfAllClientsTogether() {
    GroupResponder responder = responder(false);
    int answered = 0;
    for (int i = 0; i < 1_000; i++) {
      Outcome outcome = responder.answer(toGroup(plain(), i * 1_000_000L), GPS, NOW);
      answered += outcome.answered() ? 1 : 0;
    }
    assertThat(answered).isEqualTo(GroupResponder.MOST_IN_A_SECOND);
    assertThat(responder.answer(toGroup(plain(), 1_000_000_000L), GPS, NOW))
        .isEqualTo(Outcome.ANSWERED);
  }
}
