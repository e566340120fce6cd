package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.packet.StateHeader;
import org.timeball.time.NtpTimestamp;

/**
 * One peer: each side sends at its own pace, and every packet is at once an answer to the other
 * side's last one and a question of its own (RFC 5905, section 9). Ours are symmetric active (mode
 * 1); what comes back may be mode 1 or 2.
 *
 * <p>What a peer sends is remembered, because our next packet must repeat it; whoever can make us
 * remember something false silences both sides. RFC 5905, section 9.2, remembers every packet that
 * is genuine. We are stricter: a packet that does not answer one of our last two is remembered only
 * if it can be the word of a peer that starts anew. With a key that is one which left later than
 * all before it, so that a packet recorded earlier cannot be played again; without a key nothing
 * tells it from a forgery, so it counts only after three of our packets stayed unanswered. A packet
 * whose code is wrong or missing changes nothing at all, and neither does a crypto-NAK.
 *
 * <p>Our last two packets may be answered and not only the last, each once: packets that cross on
 * the way would be lost otherwise.
 */
public final class SymmetricAssociation extends Association {
  private static final int OLDEST_VERSION = 1;

  /** MAXFREQ (RFC 5905, section 7.2): by so much two clocks may run apart while a peer waits. */
  private static final double LARGEST_FREQUENCY = 500e-6;

  /** Seconds; chosen: how soon a packet that did not leave is made again. */
  private static final double RETRY_SECONDS = 8;

  /** The last three intervals of a register. */
  private static final int LATELY = 0b111;

  private static final Set<String> KISSES = Set.of("DENY", "RSTR", "RATE");

  /** One of our packets: when it left, and what it said. */
  private record Departure(long transmit, long rawNanos) {}

  private final AssociationSeal seal;
  private Optional<Departure> last = Optional.empty();
  private Optional<Departure> lastButOne = Optional.empty();
  private long peerTransmit;
  private long peerReceivedUnixNanos;
  private boolean peerRemembered;
  private long latestGenuineTransmit;
  private int peerPoll = AssociationSettings.LONGEST_POLL;

  /**
   * @param keys hold the key that the settings name
   * @param firstPollRawNanos when to send first
   */
  public SymmetricAssociation(
      AssociationSettings settings, PacketKeys keys, long firstPollRawNanos) {
    super(
        settings,
        new PollSchedule(settings.minimumPoll(), settings.maximumPoll(), settings.hurried()),
        Set.of(),
        firstPollRawNanos);
    seal = new AssociationSeal(settings.keyId(), keys);
  }

  @Override
  public void didNotLeave() {
    unshiftReach();
    pollAfter(Math.min(schedule.interval(), RETRY_SECONDS));
  }

  /** The shorter one of what both sides want counts (RFC 5905, section 13), within our limits. */
  @Override
  public double interval() {
    int theirs = Math.max(peerPoll, settings.minimumPoll());
    return Math.min(schedule.interval(), Math.scalb(1.0, theirs));
  }

  /** Peers speak the basic mode alone. */
  @Override
  public long interleavedReplies() {
    return 0;
  }

  @Override
  public void forgetExchange() {
    last = Optional.empty();
    lastButOne = Optional.empty();
    peerRemembered = false;
  }

  @Override
  public void useKeys(PacketKeys keys) {
    seal.use(keys);
  }

  /**
   * Makes the next packet.
   *
   * @param state what we say about ourselves
   */
  public Action.Transmit poll(ClockReading now, ServerState state) {
    shiftReach();
    schedule.asked(wasAnswered());
    polled(now.rawNanos());
    ByteBuffer header = ByteBuffer.allocate(NtpHeader.LENGTH);
    StateHeader.write(header, 0, settings.version(), Mode.SYMMETRIC_ACTIVE, state, now.unixNanos());
    NtpHeader.pollExponent(header, 0, schedule.exponent());
    if (peerRemembered) {
      NtpHeader.originTimestamp(header, 0, peerTransmit);
      NtpHeader.receiveTimestamp(header, 0, StateHeader.wireBits(peerReceivedUnixNanos));
    }
    return new Action.Transmit(name(), header.asReadOnlyBuffer(), settings.keyId());
  }

  /**
   * One of our packets is on its way.
   *
   * @param transmit its transmit timestamp
   * @param rawNanos when it left, on the raw scale
   */
  public void departed(long transmit, long rawNanos) {
    lastButOne = last;
    last = Optional.of(new Departure(transmit, rawNanos));
  }

  /**
   * Our clock was set: what it showed when the peer was heard means nothing any more. What we
   * believe of the peer's time is on another scale and stays.
   */
  @Override
  public void clockStepped() {
    peerRemembered = false;
  }

  /**
   * Judges a datagram that came from this peer.
   *
   * @param packet big-endian, from position 0 to the limit
   * @param arrival when it came, on both scales
   * @param pivotUnixNanos the present within 68 years, to know the era
   */
  public Reception receive(ByteBuffer packet, ClockReading arrival, long pivotUnixNanos) {
    if (packet.limit() < NtpHeader.LENGTH || !isPeers(packet)) {
      return new Reception.Dropped(PacketTest.FORMAT);
    }
    long transmit = NtpHeader.transmitTimestamp(packet, 0);
    if (transmit != 0 && transmit == peerTransmit) {
      return new Reception.Dropped(PacketTest.DUPLICATE);
    }
    Optional<PacketTest> broken = seal.check(packet, packet.limit());
    if (broken.isPresent()) {
      return new Reception.Dropped(broken.get());
    }
    long origin = NtpHeader.originTimestamp(packet, 0);
    Optional<Departure> question = questionOf(origin);
    if (question.isEmpty()) {
      if (transmit != 0 && mayStartAnew(transmit)) {
        remember(transmit, packet, arrival);
      }
      return new Reception.Dropped(origin == 0 ? PacketTest.INVALID : PacketTest.BOGUS);
    }
    long receive = NtpHeader.receiveTimestamp(packet, 0);
    if (transmit == 0
        || receive == 0
        || ServerTests.runsBackwards(packet, receive, transmit)
        || arrival.rawNanos() < question.get().rawNanos()) {
      return new Reception.Dropped(PacketTest.INVALID);
    }
    spend(question.get());
    remember(transmit, packet, arrival);
    answer();
    Reception reception = judge(packet, question.get(), arrival.rawNanos(), pivotUnixNanos);
    judged(reception);
    return reception;
  }

  private static boolean isPeers(ByteBuffer packet) {
    int version = NtpHeader.version(packet, 0);
    int mode = NtpHeader.mode(packet, 0);
    return version >= OLDEST_VERSION
        && version <= AssociationSettings.USUAL_VERSION
        && (mode == Mode.SYMMETRIC_ACTIVE || mode == Mode.SYMMETRIC_PASSIVE);
  }

  private Optional<Departure> questionOf(long origin) {
    return last.filter(d -> d.transmit() == origin)
        .or(() -> lastButOne.filter(d -> d.transmit() == origin));
  }

  private void spend(Departure question) {
    last = last.filter(d -> !d.equals(question));
    lastButOne = lastButOne.filter(d -> !d.equals(question));
  }

  private boolean mayStartAnew(long transmit) {
    boolean unanswered = (answered() & LATELY) == 0;
    boolean later = latestGenuineTransmit == 0 || transmit - latestGenuineTransmit > 0;
    return settings.keyId() == 0 ? unanswered : unanswered || later;
  }

  private void remember(long transmit, ByteBuffer packet, ClockReading arrival) {
    peerTransmit = transmit;
    latestGenuineTransmit = transmit;
    peerReceivedUnixNanos = arrival.unixNanos();
    peerRemembered = true;
    peerPoll =
        Math.clamp(
            NtpHeader.pollExponent(packet, 0),
            AssociationSettings.SHORTEST_POLL,
            AssociationSettings.LONGEST_POLL);
  }

  private Reception judge(
      ByteBuffer packet, Departure question, long arrivalRawNanos, long pivotUnixNanos) {
    Reception.Server server = ServerTests.read(packet);
    if (server.stratum() == 0 && KISSES.contains(server.referenceId().text())) {
      return kiss(server.referenceId().text(), NtpHeader.pollExponent(packet, 0));
    }
    Optional<PacketTest> failed = ServerTests.failed(server, ownReferenceIds());
    if (failed.isPresent()) {
      return new Reception.Dropped(failed.get());
    }
    Reception.Exchange exchange =
        new Reception.Exchange(
            question.rawNanos(),
            NtpTimestamp.unixNanosNear(NtpHeader.receiveTimestamp(packet, 0), pivotUnixNanos),
            NtpTimestamp.unixNanosNear(NtpHeader.transmitTimestamp(packet, 0), pivotUnixNanos),
            arrivalRawNanos,
            server);
    double hold = (exchange.t3UnixNanos() - exchange.t2UnixNanos()) * 1e-9;
    if (exchange.delay() > LONGEST_DELAY + LARGEST_FREQUENCY * hold) {
      return new Reception.Dropped(PacketTest.DELAY);
    }
    reached();
    return exchange;
  }

  /** A kiss gives no time (RFC 5905, section 7.4); only one that answers our packet counts. */
  private Reception kiss(String code, int pollExponent) {
    if (code.equals("RATE")) {
      schedule.slowDownTo(pollExponent);
      peerPoll = AssociationSettings.LONGEST_POLL;
      pollAfter(interval());
    } else {
      refused(code);
    }
    return new Reception.Kiss(code);
  }
}
