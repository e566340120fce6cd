package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * One server that we ask: requests of mode 3 out, replies of mode 4 in (RFC 5905, section 9). It
 * belongs to one thread, opens nothing and draws no randomness: the host hands it nonces.
 *
 * <p>A request tells nothing about us: its transmit timestamp is a nonce, and all that a server
 * does not need is zero (draft-ietf-ntp-data-minimization). The moment at which the request left is
 * kept here, as exactly as the host can tell it.
 */
public final class ClientAssociation implements Association {
  private static final int OLDEST_VERSION_IN_REPLY = 3;
  private static final int NEWEST_VERSION_IN_REPLY = 4;

  /** Seconds; chosen: a reply later than that may be for anything. */
  private static final double LONGEST_DELAY = 3;

  /** Chosen: how soon it is tried again to send where the network knows no way. */
  private static final double RETRY_SECONDS = 16;

  /** Two seconds between requests that no schedule asked for. */
  private static final long SHORTEST_PAUSE_NANOS = 2_000_000_000L;

  private final AssociationSettings settings;
  private final PollSchedule schedule;
  private final RequestSeal seal;
  private final InterleavedMode interleaved;
  private Set<ReferenceId> ownReferenceIds;
  private long nextPollRawNanos;
  private boolean waiting;
  private long nonce;
  private long requestRawNanos;
  private long lastTransmit;
  private long lastReceive;
  private int reach;
  private int answered;
  private int reachBefore;
  private int answeredBefore;
  private String refusal = "";
  private Optional<PacketTest> lastFailure = Optional.empty();

  /**
   * @param seal what requests carry and replies must
   * @param ownReferenceIds what servers that follow us name as their reference; empty if unknown
   * @param firstPollRawNanos when to ask first
   */
  public ClientAssociation(
      AssociationSettings settings,
      RequestSeal seal,
      Set<ReferenceId> ownReferenceIds,
      long firstPollRawNanos) {
    this.settings = settings;
    this.schedule =
        new PollSchedule(
            settings.minimumPoll(), settings.maximumPoll(), settings.hurried(), settings.bursts());
    this.seal = seal;
    this.interleaved = new InterleavedMode(settings.interleaved());
    this.ownReferenceIds = Set.copyOf(ownReferenceIds);
    this.nextPollRawNanos = firstPollRawNanos;
  }

  /** As in the configuration. */
  @Override
  public String name() {
    return settings.name();
  }

  /** When {@link #poll} is due; never again once the server has refused us. */
  @Override
  public long nextPollRawNanos() {
    return isDenied() ? Long.MAX_VALUE : nextPollRawNanos;
  }

  /** Asks at the next occasion, whatever the schedule says, yet not at once again. */
  @Override
  public void hurry(long nowRawNanos) {
    long earliest = Math.max(nowRawNanos, requestRawNanos + SHORTEST_PAUSE_NANOS);
    nextPollRawNanos = Math.min(nextPollRawNanos, earliest);
  }

  /**
   * The last request did not leave this machine: it says nothing about the server, and the next one
   * is due soon, because it costs nobody anything.
   */
  @Override
  public void didNotLeave() {
    if (waiting) {
      waiting = false;
      reach = reachBefore;
      answered = answeredBefore;
      nextPollRawNanos =
          requestRawNanos + Math.round(Math.min(schedule.interval(), RETRY_SECONDS) * 1e9);
    }
  }

  /** Asks at the next occasion, and then like an association that is new. */
  @Override
  public void startAnew(long nowRawNanos) {
    schedule.startAnew();
    hurry(nowRawNanos);
  }

  /** log2 of the interval in seconds. */
  @Override
  public int pollExponent() {
    return schedule.exponent();
  }

  /** Seconds from the last request to the next. */
  @Override
  public double interval() {
    return schedule.interval();
  }

  /** The reach register: bit 0 is the last request, 1 means answered (RFC 5905, section 13). */
  @Override
  public int reach() {
    return reach;
  }

  /** Whether the last request is still without its answer. */
  public boolean isWaiting() {
    return waiting;
  }

  /** Whether the server answered one of the last eight requests, with time or without. */
  @Override
  public boolean isAnswered() {
    return answered != 0;
  }

  /** Whether the server has told us to go away. */
  @Override
  public boolean isDenied() {
    return !refusal.isEmpty();
  }

  /** The kiss code with which the server refused us; empty if it did not. */
  @Override
  public String refusal() {
    return refusal;
  }

  /** Which test the last answer failed; empty if it passed them all. */
  @Override
  public Optional<PacketTest> lastFailure() {
    return lastFailure;
  }

  /** Our own addresses are known now, or have changed. */
  @Override
  public void ownReferenceIds(Set<ReferenceId> ids) {
    ownReferenceIds = Set.copyOf(ids);
  }

  /** Good replies that told when the reply before left (RFC 9769). */
  @Override
  public long interleavedReplies() {
    return interleaved.replies();
  }

  /** The exchange before is not to be completed any more: time or the raw scale was disturbed. */
  @Override
  public void forgetExchange() {
    interleaved.forget();
  }

  /**
   * Makes the next request.
   *
   * @param nowRawNanos the departure until {@link #departed} tells it better
   * @param requestNonce 64 unpredictable bits, so that nobody off the path can forge the reply
   * @return the datagram
   */
  public byte[] poll(long nowRawNanos, long requestNonce) {
    shiftReach();
    nonce = requestNonce;
    requestRawNanos = nowRawNanos;
    waiting = true;
    schedule.asked(reachBefore != 0);
    nextPollRawNanos = nowRawNanos + Math.round(schedule.interval() * 1e9);
    byte[] request = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(request);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, settings.version(), Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, requestNonce);
    interleaved.write(packet, requestNonce);
    return seal.seal(request);
  }

  /** A request is due and cannot be made: as good as one that nobody answered. */
  public void skip(long nowRawNanos) {
    shiftReach();
    waiting = false;
    nextPollRawNanos = nowRawNanos + Math.round(schedule.interval() * 1e9);
  }

  private void shiftReach() {
    reachBefore = reach;
    answeredBefore = answered;
    reach = reach << 1 & 0xFF;
    answered = answered << 1 & 0xFF;
  }

  /**
   * The kernel tells when a request really left.
   *
   * @param requestNonce of the request that is meant; of no effect unless it is the last one
   */
  public void departed(long requestNonce, long rawNanos) {
    if (waiting && requestNonce == nonce) {
      requestRawNanos = rawNanos;
    }
  }

  /**
   * Judges a datagram that came from this server.
   *
   * @param packet big-endian, the header at its position 0
   * @param length octets that arrived
   * @param arrivalRawNanos when, on the raw scale
   * @param pivotUnixNanos the present within 68 years, to know the era
   */
  public Reception receive(
      ByteBuffer packet, int length, long arrivalRawNanos, long pivotUnixNanos) {
    if (length < NtpHeader.LENGTH || !isReply(packet)) {
      return new Reception.Dropped(PacketTest.FORMAT);
    }
    long transmit = NtpHeader.transmitTimestamp(packet, 0);
    long receive = NtpHeader.receiveTimestamp(packet, 0);
    if (lastTransmit != 0 && transmit == lastTransmit && receive == lastReceive) {
      return new Reception.Dropped(PacketTest.DUPLICATE);
    }
    long origin = NtpHeader.originTimestamp(packet, 0);
    boolean late = interleaved.isAnswer(origin, nonce);
    if (!waiting || (origin != nonce && !late)) {
      return new Reception.Dropped(PacketTest.BOGUS);
    }
    Optional<PacketTest> broken = seal.check(packet, length);
    if (broken.isPresent()) {
      // Anybody could have sent it: it says nothing about the server, and we wait on.
      return new Reception.Dropped(broken.get());
    }
    if (NtpHeader.stratum(packet, 0) != 0
        && (transmit == 0
            || receive == 0
            || (late
                ? !interleaved.canHaveLeft(transmit, ServerTests.coarseness(packet))
                : ServerTests.runsBackwards(packet, receive, transmit)))) {
      return new Reception.Dropped(PacketTest.INVALID);
    }
    waiting = false;
    lastTransmit = transmit;
    lastReceive = receive;
    answered |= 1;
    Reception reception =
        NtpHeader.stratum(packet, 0) == 0
            ? kiss(packet)
            : judge(packet, late, arrivalRawNanos, pivotUnixNanos);
    if (NtpHeader.stratum(packet, 0) == 0) {
      interleaved.forget();
    } else {
      interleaved.remember(receive, requestRawNanos, arrivalRawNanos);
    }
    lastFailure =
        reception instanceof Reception.Dropped(PacketTest failed)
            ? Optional.of(failed)
            : Optional.empty();
    return reception;
  }

  private boolean isReply(ByteBuffer packet) {
    int version = NtpHeader.version(packet, 0);
    boolean known =
        version == settings.version()
            || (version >= OLDEST_VERSION_IN_REPLY && version <= NEWEST_VERSION_IN_REPLY);
    return known && NtpHeader.mode(packet, 0) == Mode.SERVER;
  }

  private Reception judge(ByteBuffer packet, boolean late, long arrivalRawNanos, long pivot) {
    Reception.Server server = ServerTests.read(packet);
    Optional<PacketTest> failed = ServerTests.failed(server, ownReferenceIds);
    if (failed.isPresent()) {
      return new Reception.Dropped(failed.get());
    }
    long transmit = NtpHeader.transmitTimestamp(packet, 0);
    Reception.Exchange exchange =
        late
            ? interleaved.exchange(transmit, pivot, server)
            : new Reception.Exchange(
                requestRawNanos,
                NtpTimestamp.unixNanosNear(NtpHeader.receiveTimestamp(packet, 0), pivot),
                NtpTimestamp.unixNanosNear(transmit, pivot),
                arrivalRawNanos,
                server);
    if (exchange.delay() > LONGEST_DELAY || arrivalRawNanos < requestRawNanos) {
      return new Reception.Dropped(PacketTest.DELAY);
    }
    reach |= 1;
    return exchange;
  }

  /** A kiss gives no time (RFC 5905, section 7.4); only one that answers our request counts. */
  private Reception kiss(ByteBuffer packet) {
    String code = new ReferenceId(NtpHeader.referenceId(packet, 0)).text();
    switch (code) {
      case "DENY", "RSTR" -> refusal = code;
      case "RATE" -> {
        schedule.slowDownTo(NtpHeader.pollExponent(packet, 0));
        nextPollRawNanos = requestRawNanos + Math.round(schedule.interval() * 1e9);
      }
      default -> {
        // Stratum 0 with another code, or with none, is a server that has no time to give yet.
        return new Reception.Dropped(PacketTest.UNSYNCHRONISED);
      }
    }
    return new Reception.Kiss(code);
  }

  /**
   * Adapts the poll interval to how well time is known.
   *
   * @param error seconds to be expected after so many seconds without an exchange
   * @param allowed seconds
   */
  @Override
  public void adaptPoll(DoubleUnaryOperator error, double allowed) {
    double interval = schedule.interval();
    schedule.adapt(error.applyAsDouble(2 * interval), error.applyAsDouble(interval), allowed);
  }
}
