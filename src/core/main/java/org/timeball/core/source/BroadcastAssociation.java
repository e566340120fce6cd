package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * One server that sends time unasked (RFC 5905, section 9.2, mode 5). At first it is asked like any
 * other, a volley of modes 3 and 4: that gives the time and the round trip, and against that time
 * the way of the packets sent unasked is measured. From then on it is only listened to.
 *
 * <p>Nothing in a packet that was not asked for tells how long it was on its way. What the volley
 * measured stands in for it, so a way that changes is seen as a time that jumps; whoever owns this
 * then has the way measured again by {@link #measureAnew}. Who holds packets back for long, or
 * plays old ones, wins nothing: the volley's answers carry numbers that nobody can guess.
 *
 * <p>Differs from RFC 5905: a packet that is older than the one before is refused, not only the
 * very same one, so that none of those recorded can be played again.
 *
 * <p>In the interleaved mode (RFC 9769, section 4) a packet tells when the one before left, and
 * that one is the measurement.
 */
public final class BroadcastAssociation extends Association {
  private static final int OLDEST_VERSION = 1;

  /** BCOUNT (RFC 5905, section 7.2): so many answers make a volley. */
  private static final int VOLLEY = 8;

  /** Chosen: so many packets show how long they are on their way, and how much that scatters. */
  private static final int PASSAGES = 4;

  /** Chosen: packets in a row that jump, or lack what those before had, before a new volley. */
  private static final int PATIENCE = 4;

  /** Chosen: intervals after which a packet counts as missing. */
  private static final double GRACE = 1.5;

  /** Units of 2^-32 s in the longest that a packet may take to leave: 3 s. */
  private static final long LONGEST_DEPARTURE = 3L << 32;

  private final AssociationSeal seal;
  private ClientAssociation volley;
  private boolean measuring;
  private int answers;
  private double leastDelay;
  private final List<Double> passages = new ArrayList<>();

  /** What the packets' way comes to: both legs together, and our share of the asymmetry. */
  private double delay;

  private double bias;

  private boolean late;
  private int unlike;
  private int jumps;
  private long interleavedReplies;
  private int pollExponent;
  private long lastTransmit;
  private long lastArrivalRawNanos;
  private boolean lastKnown;

  /** A packet's transmit timestamp, and when it came. */
  private record Passage(long transmitBits, long arrivalRawNanos) {}

  /**
   * @param keys hold the key that the settings name
   * @param nowRawNanos when the volley begins
   */
  public BroadcastAssociation(AssociationSettings settings, PacketKeys keys, long nowRawNanos) {
    super(
        settings,
        new PollSchedule(settings.minimumPoll(), settings.maximumPoll(), settings.hurried()),
        Set.of(),
        nowRawNanos);
    seal = new AssociationSeal(settings.keyId(), keys);
    pollExponent = settings.minimumPoll();
    begin(nowRawNanos);
  }

  private void begin(long nowRawNanos) {
    volley = new ClientAssociation(settings, seal, ownReferenceIds(), nowRawNanos);
    volley.takeOver(this);
    measuring = true;
    answers = 0;
    leastDelay = Double.POSITIVE_INFINITY;
    passages.clear();
    unlike = 0;
    jumps = 0;
  }

  /** Whether the server is asked at present. */
  public boolean isMeasuring() {
    return measuring;
  }

  /** The requests of the volley. */
  public ClientAssociation volley() {
    return volley;
  }

  @Override
  public void useKeys(PacketKeys keys) {
    seal.use(keys);
  }

  /** The way of the packets may be another now. */
  public void measureAnew(long nowRawNanos) {
    if (!measuring) {
      begin(nowRawNanos);
    }
  }

  /** When the next request is due or, while nobody is asked, {@link #missed}. */
  @Override
  public long nextPollRawNanos() {
    return measuring ? volley.nextPollRawNanos() : super.nextPollRawNanos();
  }

  /** While nobody is asked: nothing came for an interval. */
  public void missed(long nowRawNanos) {
    shiftReach();
    polled(nowRawNanos);
  }

  /** Asks at the next occasion; nobody can be made to send unasked any sooner. */
  @Override
  public void hurry(long nowRawNanos) {
    measureAnew(nowRawNanos);
    volley.hurry(nowRawNanos);
  }

  @Override
  public void didNotLeave() {
    volley.didNotLeave();
  }

  @Override
  public void startAnew(long nowRawNanos) {
    takeOver(measuring ? volley : this);
    begin(nowRawNanos);
  }

  @Override
  public int pollExponent() {
    return measuring ? volley.pollExponent() : pollExponent;
  }

  @Override
  public double interval() {
    return measuring ? volley.interval() : GRACE * Math.scalb(1.0, pollExponent);
  }

  @Override
  public int reach() {
    return measuring ? volley.reach() : super.reach();
  }

  @Override
  public boolean isAnswered() {
    return measuring ? volley.isAnswered() : super.isAnswered();
  }

  @Override
  public String refusal() {
    return volley.refusal();
  }

  @Override
  public Optional<PacketTest> lastFailure() {
    return measuring ? volley.lastFailure() : super.lastFailure();
  }

  @Override
  public void ownReferenceIds(Set<ReferenceId> ids) {
    super.ownReferenceIds(ids);
    volley.ownReferenceIds(ids);
  }

  @Override
  public long interleavedReplies() {
    return interleavedReplies;
  }

  @Override
  public void forgetExchange() {
    volley.forgetExchange();
    lastKnown = false;
    passages.clear();
  }

  @Override
  public void adaptPoll(DoubleUnaryOperator error, double allowed) {
    if (measuring) {
      volley.adaptPoll(error, allowed);
    }
  }

  /** Judges a datagram that came to a request of the volley. */
  public Reception receiveAnswer(
      ByteBuffer packet, int length, long arrivalRawNanos, long pivotUnixNanos) {
    Reception reception = volley.receive(packet, length, arrivalRawNanos, pivotUnixNanos);
    if (measuring && reception instanceof Reception.Exchange exchange) {
      answers++;
      leastDelay = Math.min(leastDelay, exchange.delay());
    }
    return reception;
  }

  /**
   * Judges a packet that came unasked.
   *
   * @param packet big-endian, from position 0 to the limit
   * @param arrivalRawNanos when it came, on the raw scale
   * @param pivotUnixNanos the present within 68 years, to know the era
   * @param belief what the volley made known of time; empty before it did
   * @return an exchange as if the server had been asked, once the way is known; empty before that,
   *     if nothing is wrong with the packet
   */
  public Optional<Reception> receive(
      ByteBuffer packet, long arrivalRawNanos, long pivotUnixNanos, Optional<TimeEstimate> belief) {
    if (packet.limit() < NtpHeader.LENGTH || !isBroadcast(packet)) {
      return Optional.of(new Reception.Dropped(PacketTest.FORMAT));
    }
    Optional<PacketTest> broken = seal.check(packet, packet.limit());
    if (broken.isPresent()) {
      return Optional.of(new Reception.Dropped(broken.get()));
    }
    long transmit = NtpHeader.transmitTimestamp(packet, 0);
    if (transmit == 0) {
      return Optional.of(new Reception.Dropped(PacketTest.INVALID));
    }
    if (lastTransmit != 0 && transmit - lastTransmit <= 0) {
      return Optional.of(new Reception.Dropped(PacketTest.DUPLICATE));
    }
    Optional<Passage> passage = passage(packet, transmit, arrivalRawNanos);
    lastTransmit = transmit;
    lastArrivalRawNanos = arrivalRawNanos;
    lastKnown = true;
    pollExponent =
        Math.clamp(NtpHeader.pollExponent(packet, 0), 0, AssociationSettings.LONGEST_POLL);
    Optional<Reception> reception = judge(packet, passage, pivotUnixNanos, belief);
    if (!measuring) {
      shiftReach();
      polled(arrivalRawNanos);
      answer();
      reception.ifPresent(this::judged);
      if (reception.isEmpty() || reception.get() instanceof Reception.Exchange) {
        reached();
      }
    }
    return reception;
  }

  private static boolean isBroadcast(ByteBuffer packet) {
    int version = NtpHeader.version(packet, 0);
    return version >= OLDEST_VERSION
        && version <= AssociationSettings.USUAL_VERSION
        && NtpHeader.mode(packet, 0) == Mode.BROADCAST;
  }

  /** What this packet tells of: itself or, in the interleaved mode, the one before. */
  private Optional<Passage> passage(ByteBuffer packet, long transmit, long arrivalRawNanos) {
    long departure = NtpHeader.originTimestamp(packet, 0);
    boolean tellsLate = settings.interleaved() && departure != 0;
    if (tellsLate != late && (measuring || ++unlike >= PATIENCE)) {
      late = tellsLate;
      unlike = 0;
      measureAnew(arrivalRawNanos);
      passages.clear();
    }
    if (tellsLate != late) {
      return Optional.empty();
    }
    unlike = 0;
    if (!tellsLate) {
      return Optional.of(new Passage(transmit, arrivalRawNanos));
    }
    // Of a packet that was lost, or was not the one before, the departure lies elsewhere.
    long took = departure - lastTransmit;
    boolean known = lastKnown && Math.abs(took) <= LONGEST_DEPARTURE;
    return known ? Optional.of(new Passage(departure, lastArrivalRawNanos)) : Optional.empty();
  }

  private Optional<Reception> judge(
      ByteBuffer packet, Optional<Passage> passage, long pivot, Optional<TimeEstimate> belief) {
    Reception.Server server = ServerTests.read(packet);
    Optional<PacketTest> failed = ServerTests.failed(server, ownReferenceIds());
    if (failed.isPresent()) {
      return Optional.of(new Reception.Dropped(failed.get()));
    }
    if (passage.isEmpty()) {
      return measuring ? Optional.empty() : Optional.of(new Reception.Dropped(PacketTest.INVALID));
    }
    long left = NtpTimestamp.unixNanosNear(passage.get().transmitBits(), pivot);
    long came = passage.get().arrivalRawNanos();
    if (measuring) {
      return measure(left, came, belief);
    }
    if (late) {
      interleavedReplies++;
    }
    long there = left + Math.round(bias * 1e9);
    return Optional.of(
        new Reception.Exchange(came - Math.round(delay * 1e9), there, there, came, server));
  }

  private Optional<Reception> measure(long left, long came, Optional<TimeEstimate> belief) {
    if (answers < VOLLEY || belief.isEmpty()) {
      return Optional.empty();
    }
    double took = (belief.get().at(came).unixNanos() - left) * 1e-9;
    if (Math.abs(took) > LONGEST_DELAY) {
      return Optional.of(new Reception.Dropped(PacketTest.DELAY));
    }
    passages.add(took);
    if (passages.size() == PASSAGES) {
      double[] sorted = passages.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double spread = sorted[PASSAGES - 1] - sorted[0];
      double usual = Arrays.stream(sorted, 1, PASSAGES - 1).average().orElseThrow();
      // As long as the round trip of the volley, and by as much longer as packets scatter: what is
      // beyond that has jumped.
      delay = Math.max(0, leastDelay) + 2 * spread;
      bias = usual - delay / 2;
      measuring = false;
      takeOver(volley);
    }
    return Optional.empty();
  }

  /**
   * What became of a measurement.
   *
   * @param holdsJump whether it and those before are far from what was believed
   */
  public void weighed(boolean holdsJump, long nowRawNanos) {
    jumps = holdsJump && !measuring ? jumps + 1 : 0;
    if (jumps >= PATIENCE) {
      measureAnew(nowRawNanos);
    }
  }
}
