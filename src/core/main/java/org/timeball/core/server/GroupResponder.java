package org.timeball.core.server;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;

/**
 * Answers clients that search for servers by a request to a multicast group (RFC 5905, section
 * 3.1). Belongs to one thread.
 *
 * <p>One request to a group may be answered by many, and the sender's address may be forged: so
 * only a client's request is answered, only with the time, never by more octets than it has, and
 * not more often than the pace allows for all clients together.
 */
public final class GroupResponder {
  private static final int UNSYNCHRONISED_STRATUM = 16;

  /** Chosen: clients search once a minute at most, and seldom when they have found servers. */
  static final int MOST_IN_A_SECOND = 32;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Responder responder;
  private final boolean codeRequired;
  private long secondRawNanos = Long.MIN_VALUE;
  private int inSecond;

  /**
   * @param keys what requests with a code are checked by
   * @param codeRequired whether requests without a code are dropped
   */
  public GroupResponder(Admission admission, PacketKeys keys, boolean codeRequired) {
    this.codeRequired = codeRequired;
    responder =
        new Responder(admission, keys, Optional.empty(), false, Optional.empty(), Passive.OFF);
  }

  /**
   * Answers {@code request}, except for the transmit timestamp, which {@link #finish} writes last.
   *
   * @return {@link Outcome#ANSWERED}, or why nothing is sent
   */
  public Outcome answer(Request request, ServerState state, long nowUnixNanos) {
    boolean synchronised =
        state.leap() != Leap.UNSYNCHRONIZED
            && state.stratum() > 0
            && state.stratum() < UNSYNCHRONISED_STRATUM;
    if (!synchronised) {
      return Outcome.NOT_SYNCHRONISED;
    }
    if (request.length >= NtpHeader.LENGTH
        && NtpHeader.mode(request.packet, request.at) != Mode.CLIENT) {
      return Outcome.NOT_A_REQUEST;
    }
    request.groupWelcome = true;
    Outcome outcome = responder.answer(request, state, nowUnixNanos);
    return switch (outcome) {
      case ANSWERED -> answered(request);
      case KISSED_RATE -> Outcome.RATE_EXCEEDED;
      case KISSED_DENIED -> Outcome.ACCESS_DENIED;
      case CRYPTO_NAK -> Outcome.NOT_AUTHENTIC;
      default -> outcome;
    };
  }

  private Outcome answered(Request request) {
    if (codeRequired && !Responder.hasCode(responder.replyLength())) {
      return Outcome.NOT_AUTHENTIC;
    }
    long now = request.handledRawNanos;
    if (secondRawNanos == Long.MIN_VALUE || now - secondRawNanos >= NANOS_PER_SECOND) {
      secondRawNanos = now;
      inSecond = 0;
    }
    return ++inSecond <= MOST_IN_A_SECOND ? Outcome.ANSWERED : Outcome.RATE_EXCEEDED;
  }

  /** Octets of the reply that the last {@link #answer} made. */
  public int replyLength() {
    return responder.replyLength();
  }

  /** Writes the transmit timestamp and then the code: the last thing to do before it leaves. */
  public void finish(ByteBuffer packet, int at, int length, long unixNanos) {
    responder.finish(packet, at, length, unixNanos);
  }
}
