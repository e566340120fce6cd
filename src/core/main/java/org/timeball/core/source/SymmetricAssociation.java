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
  private record Departure(long transmit, long receive, long rawNanos) {}

  private final AssociationSeal seal;
  private final InterleavedPeer interleaved;
  private long shownReceive;
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
    interleaved = new InterleavedPeer(settings.interleaved());
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

  @Override
  public long interleavedReplies() {
    return interleaved.replies();
  }

  @Override
  public void forgetExchange() {
    last = Optional.empty();
    lastButOne = Optional.empty();
    peerRemembered = false;
    interleaved.forget();
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
    shownReceive = peerRemembered ? StateHeader.wireBits(peerReceivedUnixNanos) : 0;
    if (peerRemembered) {
      NtpHeader.originTimestamp(header, 0, peerTransmit);
      NtpHeader.receiveTimestamp(header, 0, shownReceive);
      if (interleaved.isDue(last.map(Departure::transmit).orElse(0L))) {
        NtpHeader.originTimestamp(header, 0, interleaved.originTimestamp());
        NtpHeader.transmitTimestamp(header, 0, interleaved.transmitTimestamp());
      }
    }
    return new Action.Transmit(name(), header.asReadOnlyBuffer(), settings.keyId());
  }

  /**
   * One of our packets is on its way.
   *
   * @param transmit its transmit timestamp
   * @param left when it left
   * @param stamped whether the kernel or the device says so
   */
  public void departed(long transmit, ClockReading left, boolean stamped) {
    lastButOne = last;
    last = Optional.of(new Departure(transmit, shownReceive, left.rawNanos()));
    interleaved.departed(stamped ? StateHeader.wireBits(left.unixNanos()) : 0);
  }

  /**
   * Our clock was set: what it showed when the peer was heard means nothing any more. What we
   * believe of the peer's time is on another scale and stays.
   */
  @Override
  public void clockStepped() {
    peerRemembered = false;
    interleaved.clockStepped();
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
    Optional<Departure> basic = questionOf(origin);
    Optional<Departure> question = basic.or(() -> interleavedQuestionOf(origin));
    if (question.isEmpty()) {
      interleaved.sentAgain();
      if (transmit != 0 && mayStartAnew(transmit)) {
        remember(transmit, packet, arrival);
      }
      return new Reception.Dropped(origin == 0 ? PacketTest.INVALID : PacketTest.BOGUS);
    }
    long receive = NtpHeader.receiveTimestamp(packet, 0);
    if (transmit == 0
        || receive == 0
        || (basic.isPresent() && ServerTests.runsBackwards(packet, receive, transmit))
        || arrival.rawNanos() < question.get().rawNanos()) {
      return new Reception.Dropped(PacketTest.INVALID);
    }
    Reception.Server server = ServerTests.read(packet);
    Optional<Reception.Exchange> exchange =
        basic.isPresent()
            ? Optional.of(
                new Reception.Exchange(
                    question.get().rawNanos(),
                    NtpTimestamp.unixNanosNear(receive, pivotUnixNanos),
                    NtpTimestamp.unixNanosNear(transmit, pivotUnixNanos),
                    arrival.rawNanos(),
                    server))
            : interleaved.exchange(transmit, pivotUnixNanos, server);
    interleaved.answered(
        question.get().rawNanos(), question.equals(last), receive, arrival.rawNanos());
    spend(question.get());
    remember(transmit, packet, arrival);
    answer();
    Reception reception = judge(packet, server, exchange);
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

  /** In the interleaved mode, what we showed as received; twice the same tells nothing. */
  private Optional<Departure> interleavedQuestionOf(long origin) {
    return last.filter(d -> interleaved.isWanted() && origin != 0 && d.receive() == origin)
        .filter(d -> lastButOne.filter(before -> before.receive() == origin).isEmpty());
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
      ByteBuffer packet, Reception.Server server, Optional<Reception.Exchange> exchange) {
    if (server.stratum() == 0 && KISSES.contains(server.referenceId().text())) {
      return kiss(server.referenceId().text(), NtpHeader.pollExponent(packet, 0));
    }
    Optional<PacketTest> failed = ServerTests.failed(server, ownReferenceIds());
    if (failed.isPresent()) {
      return new Reception.Dropped(failed.get());
    }
    if (exchange.isEmpty()) {
      return new Reception.Dropped(PacketTest.INVALID);
    }
    double hold = (exchange.get().t3UnixNanos() - exchange.get().t2UnixNanos()) * 1e-9;
    if (exchange.get().delay() > LONGEST_DELAY + LARGEST_FREQUENCY * hold) {
      return new Reception.Dropped(PacketTest.DELAY);
    }
    reached();
    return exchange.get();
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
