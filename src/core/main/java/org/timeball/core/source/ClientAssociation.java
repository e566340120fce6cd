package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.function.DoubleUnaryOperator;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;
import org.timeball.time.NtpShort;
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
public final class ClientAssociation {
  private static final int VERSION = 4;
  private static final int OLDEST_VERSION_IN_REPLY = 3;

  /** MAXSTRAT (RFC 5905, section 7.2): not synchronised. */
  private static final int UNSYNCHRONISED_STRATUM = 16;

  /** MAXDISP (RFC 5905, section 7.2), seconds; a root distance this large is none. */
  private static final double LARGEST_DISTANCE = 16;

  /** Seconds; chosen: a reply later than that may be for anything. */
  private static final double LONGEST_DELAY = 3;

  private final AssociationSettings settings;
  private final PollSchedule schedule;
  private final int ownReferenceId;
  private long nextPollRawNanos;
  private boolean waiting;
  private long nonce;
  private long requestRawNanos;
  private long lastTransmit;
  private int reach;
  private boolean denied;

  /**
   * @param ownReferenceId what servers that follow us name as their reference; 0 if unknown
   * @param firstPollRawNanos when to ask first
   */
  public ClientAssociation(
      AssociationSettings settings, int ownReferenceId, long firstPollRawNanos) {
    this.settings = settings;
    this.schedule = new PollSchedule(settings.minimumPoll(), settings.maximumPoll());
    this.ownReferenceId = ownReferenceId;
    this.nextPollRawNanos = firstPollRawNanos;
  }

  /** As in the configuration. */
  public String name() {
    return settings.name();
  }

  /** When {@link #poll} is due; never again once the server has refused us. */
  public long nextPollRawNanos() {
    return denied ? Long.MAX_VALUE : nextPollRawNanos;
  }

  /** log2 of the interval in seconds. */
  public int pollExponent() {
    return schedule.exponent();
  }

  /** The reach register: bit 0 is the last request, 1 means answered (RFC 5905, section 13). */
  public int reach() {
    return reach;
  }

  /** Whether the server has told us to go away. */
  public boolean isDenied() {
    return denied;
  }

  /**
   * Makes the next request.
   *
   * @param nowRawNanos the departure until {@link #departed} tells it better
   * @param requestNonce 64 unpredictable bits, so that nobody off the path can forge the reply
   * @return the datagram
   */
  public byte[] poll(long nowRawNanos, long requestNonce) {
    reach = reach << 1 & 0xFF;
    nonce = requestNonce;
    requestRawNanos = nowRawNanos;
    waiting = true;
    schedule.asked();
    nextPollRawNanos = nowRawNanos + Math.round(schedule.interval() * 1e9);
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, VERSION, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, requestNonce);
    return packet.array();
  }

  /** The kernel tells when the last request really left. */
  public void departed(long rawNanos) {
    if (waiting) {
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
    boolean answers = NtpHeader.originTimestamp(packet, 0) == nonce;
    if (!waiting) {
      boolean again = answers && transmit == lastTransmit;
      return new Reception.Dropped(again ? PacketTest.DUPLICATE : PacketTest.BOGUS);
    }
    if (!answers) {
      return new Reception.Dropped(PacketTest.BOGUS);
    }
    if (NtpHeader.stratum(packet, 0) == 0) {
      waiting = false;
      return kiss(packet);
    }
    // Signed: right across an era.
    if (transmit == 0 || receive == 0 || transmit - receive < 0) {
      return new Reception.Dropped(PacketTest.INVALID);
    }
    waiting = false;
    lastTransmit = transmit;
    return judge(packet, receive, transmit, arrivalRawNanos, pivotUnixNanos);
  }

  private static boolean isReply(ByteBuffer packet) {
    int version = NtpHeader.version(packet, 0);
    return NtpHeader.mode(packet, 0) == Mode.SERVER
        && version >= OLDEST_VERSION_IN_REPLY
        && version <= VERSION;
  }

  private Reception judge(
      ByteBuffer packet, long receive, long transmit, long arrivalRawNanos, long pivot) {
    Reception.Server server =
        new Reception.Server(
            NtpHeader.leap(packet, 0),
            NtpHeader.stratum(packet, 0),
            NtpHeader.precisionExponent(packet, 0),
            NtpShort.toSeconds(NtpHeader.rootDelay(packet, 0)),
            NtpShort.toSeconds(NtpHeader.rootDispersion(packet, 0)),
            new ReferenceId(NtpHeader.referenceId(packet, 0)));
    if (server.leap() == Leap.UNSYNCHRONIZED || server.stratum() >= UNSYNCHRONISED_STRATUM) {
      return new Reception.Dropped(PacketTest.UNSYNCHRONISED);
    }
    if (server.rootDelay() / 2 + server.rootDispersion() >= LARGEST_DISTANCE) {
      return new Reception.Dropped(PacketTest.HEADER_DISTANCE);
    }
    if (server.stratum() > 1
        && ownReferenceId != 0
        && server.referenceId().bits() == ownReferenceId) {
      return new Reception.Dropped(PacketTest.LOOP);
    }
    Reception.Exchange exchange =
        new Reception.Exchange(
            requestRawNanos,
            NtpTimestamp.unixNanosNear(receive, pivot),
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
      case "DENY", "RSTR" -> denied = true;
      case "RATE" -> {
        schedule.slowDownTo(NtpHeader.pollExponent(packet, 0));
        nextPollRawNanos = requestRawNanos + Math.round(schedule.interval() * 1e9);
      }
      default -> {
        // Other codes ask for nothing that a client could do.
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
  public void adaptPoll(DoubleUnaryOperator error, double allowed) {
    double interval = schedule.interval();
    schedule.adapt(error.applyAsDouble(2 * interval), error.applyAsDouble(interval), allowed);
  }
}
