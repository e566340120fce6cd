package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * One server that we ask: requests of mode 3 out, replies of mode 4 in (RFC 5905, section 9). The
 * host hands it nonces.
 *
 * <p>A request tells nothing about us: its transmit timestamp is a nonce, and all that a server
 * does not need is zero (draft-ietf-ntp-data-minimization). The moment at which the request left is
 * kept here, as exactly as the host can tell it.
 */
public final class ClientAssociation extends Association {
  private static final int OLDEST_VERSION_IN_REPLY = 3;
  private static final int NEWEST_VERSION_IN_REPLY = 4;

  /** The part of a poll interval that is listened for replies: one request at a time. */
  private static final double SHARE_OF_INTERVAL = 0.9;

  /** Chosen: how soon it is tried again to send where the network knows no way. */
  private static final double RETRY_SECONDS = 16;

  private final RequestSeal seal;
  private final InterleavedMode interleaved;
  private boolean waiting;
  private long nonce;
  private long requestRawNanos;
  private long lastTransmit;
  private long lastReceive;

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
    super(
        settings,
        new PollSchedule(
            settings.minimumPoll(), settings.maximumPoll(), settings.hurried(), settings.bursts()),
        ownReferenceIds,
        firstPollRawNanos);
    this.seal = seal;
    this.interleaved = new InterleavedMode(settings.interleaved());
  }

  /**
   * The last request did not leave this machine: it says nothing about the server, and the next one
   * is due soon, because it costs nobody anything.
   */
  @Override
  public void didNotLeave() {
    if (waiting) {
      waiting = false;
      unshiftReach();
      pollAfter(Math.min(interval(), RETRY_SECONDS));
    }
  }

  /** Whether the last request is still without its answer. */
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public void useKeys(PacketKeys keys) {
    seal.use(keys);
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
    schedule.asked(wasReached());
    polled(nowRawNanos);
    byte[] request = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(request);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, settings.version(), Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, requestNonce);
    interleaved.write(packet, requestNonce);
    return seal.seal(request);
  }

  /** How long to listen for the reply to the request that {@link #poll} made. */
  public long patienceNanos() {
    return (long) (Math.min(LONGEST_DELAY, SHARE_OF_INTERVAL * interval()) * 1e9);
  }

  /** A request is due and cannot be made: as good as one that nobody answered. */
  public void skip(long nowRawNanos) {
    shiftReach();
    waiting = false;
    polled(nowRawNanos);
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
    answer();
    Reception reception =
        NtpHeader.stratum(packet, 0) == 0
            ? kiss(packet)
            : judge(packet, late, arrivalRawNanos, pivotUnixNanos);
    if (NtpHeader.stratum(packet, 0) == 0) {
      interleaved.forget();
    } else {
      interleaved.remember(receive, requestRawNanos, arrivalRawNanos);
    }
    judged(reception);
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
    Optional<PacketTest> failed = ServerTests.failed(server, ownReferenceIds());
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
    reached();
    return exchange;
  }

  /** A kiss gives no time (RFC 5905, section 7.4); only one that answers our request counts. */
  private Reception kiss(ByteBuffer packet) {
    String code = new ReferenceId(NtpHeader.referenceId(packet, 0)).text();
    switch (code) {
      case "DENY", "RSTR" -> refused(code);
      case "RATE" -> {
        schedule.slowDownTo(NtpHeader.pollExponent(packet, 0));
        pollAfter(interval());
      }
      default -> {
        // Stratum 0 with another code, or with none, is a server that has no time to give yet.
        return new Reception.Dropped(PacketTest.UNSYNCHRONISED);
      }
    }
    return new Reception.Kiss(code);
  }
}
