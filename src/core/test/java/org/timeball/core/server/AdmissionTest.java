package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.ServerState;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.server.AccessList.Verdict;
import org.timeball.core.server.AccessPolicy.Refusal;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** What becomes of requests by who sent them and how often. */
class AdmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 77 * SECOND;
  private static final AccessList NOBODY = AccessList.everybody(Verdict.DENY);
  private static final AccessList LIMITED = AccessList.everybody(Verdict.LIMIT);

  /** One request a second, a kiss to each every ten seconds and five a second to all. */
  private static final RateLimit LIMIT = new RateLimit(SECOND, 1, 10 * SECOND, 5, 64);

  private Responder responder;

  private Admission admission(AccessList access, Refusal refusal) {
    Admission admission = new Admission(new AccessPolicy(access, refusal, LIMIT, 1024), 7);
    responder = new Responder(admission, PacketKeys.NONE);
    return admission;
  }

  private Outcome ask(ByteBuffer packet, int client, long rawNanos) {
    Request request =
        Requests.of(packet).source(0, IpAddresses.mapped(client), 40_000).handledAt(rawNanos);
    return responder.answer(request, ServerState.unsynchronized(-20), 0);
  }

  private Outcome ask(int client, long rawNanos) {
    return ask(Requests.client(4), client, rawNanos);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENY", "RSTR"})
  void tellsThoseThatMayNotAskIfItIsToldTo(Refusal refusal) {
    admission(NOBODY, refusal);
    ByteBuffer packet = Requests.client(3);
    NtpHeader.transmitTimestamp(packet, 0, 0x1234_5678_9ABC_DEF0L);

    assertThat(ask(packet, 0x0A00_0001, START)).isEqualTo(Outcome.KISSED_DENIED);

    assertThat(responder.replyLength()).isEqualTo(NtpHeader.LENGTH);
    assertThat(NtpHeader.stratum(packet, 0)).isZero();
    assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(NtpHeader.version(packet, 0)).isEqualTo(3);
    assertThat(NtpHeader.originTimestamp(packet, 0)).isEqualTo(0x1234_5678_9ABC_DEF0L);
    assertThat(new ReferenceId(NtpHeader.referenceId(packet, 0)).text()).isEqualTo(refusal.name());
  }

  @Test
  void isSilentToThoseThatMayNotAskOtherwise() {
    admission(NOBODY, Refusal.SILENT);
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.ACCESS_DENIED);
    assertThat(responder.replyLength()).isZero();
  }

  @Test
  void refusesEachWithOneKissInItsTimeAndAllWithNoMoreThanTheirRate() {
    admission(NOBODY, Refusal.DENY);
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.KISSED_DENIED);
    assertThat(ask(0x0A00_0001, START + SECOND)).isEqualTo(Outcome.ACCESS_DENIED);
    assertThat(ask(0x0A00_0001, START + 10 * SECOND)).isEqualTo(Outcome.KISSED_DENIED);

    int kissed = 0;
    // Ten seconds of ten thousand a second, each from another address.
    for (int i = 0; i < 100_000; i++) {
      Outcome outcome = ask(0x0B00_0000 + i, START + 20 * SECOND + i * 100_000L);
      kissed += outcome == Outcome.KISSED_DENIED ? 1 : 0;
    }
    assertThat(kissed).isBetween(45, 51);
  }

  @Test
  void sharesTheRateOfKissesBetweenThoseThatAskTooMuchAndThoseThatMayNotAsk() {
    AccessList access =
        new AccessList.Builder(Verdict.LIMIT)
            .add(new Prefix(0, IpAddresses.mapped(0x0B00_0000), 8), Verdict.DENY)
            .build();
    admission(access, Refusal.DENY);
    ask(0x0A00_0001, START);
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.KISSED_RATE);
    assertThat(ask(0x0B00_0001, START)).isEqualTo(Outcome.ACCESS_DENIED);
    assertThat(ask(0x0B00_0001, START + SECOND / 5)).isEqualTo(Outcome.KISSED_DENIED);
  }

  @Test
  void remembersClientsWhenThePolicyIsReplaced() {
    Admission admission = admission(LIMITED, Refusal.SILENT);
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.ANSWERED);

    admission.use(new AccessPolicy(LIMITED, Refusal.DENY, LIMIT, 1024));

    assertThat(ask(0x0A00_0001, START).answered()).as("a kiss").isTrue();
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.RATE_EXCEEDED);
    assertThat(ask(0x0A00_0002, START)).isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void holdsClientsToTheNewPaceAtOnce() {
    Admission admission = admission(LIMITED, Refusal.SILENT);
    ask(0x0A00_0001, START);
    RateLimit threeAtOnce = new RateLimit(SECOND, 3, 10 * SECOND, 5, 64);

    admission.use(new AccessPolicy(LIMITED, Refusal.SILENT, threeAtOnce, 1024));

    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.ANSWERED);
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.ANSWERED);
    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.KISSED_RATE);
  }

  @Test
  void beginsAnewWithATableOfAnotherSize() {
    Admission admission = admission(LIMITED, Refusal.SILENT);
    ask(0x0A00_0001, START);

    admission.use(new AccessPolicy(LIMITED, Refusal.SILENT, LIMIT, 2048));

    assertThat(ask(0x0A00_0001, START)).isEqualTo(Outcome.ANSWERED);
  }
}
