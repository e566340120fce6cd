package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.ExchangeEstimator;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.discipline.Verdict;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.client.NtsSession;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.refclock.RefclockSample.Basis;
import org.timeball.core.select.Standing;
import org.timeball.time.ReferenceId;

/**
 * A server on the network as a source of the brain: when it is asked, what its replies were worth,
 * and what it believes. Belongs to the brain's thread.
 */
public final class ServerSource implements TimeSource {
  /** Seconds; MAXDIST of RFC 5905, section 12, with ntpd's value. */
  private static final double LARGEST_ROOT_DISTANCE = 1.5;

  private final UpstreamSettings settings;
  private final Association association;
  private final Optional<NtsSession> nts;
  private NetworkSource network;
  private final Notices notices;
  private final Tally tally = new Tally();
  private String address = "";
  private ReferenceId referenceId = ReferenceId.NONE;
  private String trouble = "";
  private final SourceNews news = new SourceNews();
  private boolean proofDemanded;
  private boolean beforeUs;
  private boolean offline;
  private boolean noWay;
  private boolean refusalTold;

  /**
   * @param keys hold the key that the settings name
   * @param nts what is shared with the server, if the settings name a key server
   * @param nowRawNanos when to ask first
   */
  public ServerSource(
      UpstreamSettings settings,
      PacketKeys keys,
      Optional<NtsSession> nts,
      long nowRawNanos,
      Notices notices) {
    this.settings = settings;
    this.notices = notices;
    this.nts = nts;
    association =
        switch (settings.kind()) {
          case SERVER, MANYCAST ->
              new ClientAssociation(
                  settings.association(),
                  nts.<RequestSeal>map(NtsSeal::new)
                      .orElseGet(() -> new AssociationSeal(settings.association().keyId(), keys)),
                  Set.of(),
                  nowRawNanos);
          case PEER -> new SymmetricAssociation(settings.association(), keys, nowRawNanos);
          case BROADCAST -> new BroadcastAssociation(settings.association(), keys, nowRawNanos);
        };
    network = new NetworkSource(association);
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** As in the configuration, or of its pool. */
  public UpstreamSettings settings() {
    return settings;
  }

  @Override
  public Standing standing() {
    return settings.standing();
  }

  /** The protocol side. */
  public Association association() {
    return association;
  }

  /** What the server last said of itself. */
  public Optional<Reception.Server> server() {
    return network.server();
  }

  /** Network Time Security with this server, if it is used. */
  public Optional<NtsSession> nts() {
    return nts;
  }

  /** Other keys, which hold the one that the settings name. */
  public void useKeys(PacketKeys keys) {
    association.useKeys(keys);
  }

  /** When {@link #poll} has something to do; {@link Long#MAX_VALUE} if never. */
  public long nextRawNanos() {
    return offline || association.isDenied()
        ? Long.MAX_VALUE
        : Math.min(
            association.nextPollRawNanos(),
            nts.map(NtsSession::nextRawNanos).orElse(Long.MAX_VALUE));
  }

  /**
   * What is due: keys to be fetched, a packet to be sent.
   *
   * @param present what is known of it
   * @param nonces numbers that nobody can guess
   * @param state what we say about ourselves, to those who want to know
   */
  public List<Action> poll(
      ClockReading now, RoughTime present, LongSupplier nonces, ServerState state) {
    if (offline || association.isDenied()) {
      return List.of();
    }
    return switch (association) {
      case ClientAssociation client -> poll(client, now.rawNanos(), present, nonces);
      case SymmetricAssociation peer -> {
        tally.ask();
        yield List.of(peer.poll(now, state));
      }
      case BroadcastAssociation broadcast when broadcast.isMeasuring() ->
          poll(broadcast.volley(), now.rawNanos(), present, nonces);
      case BroadcastAssociation broadcast -> {
        if (now.rawNanos() >= broadcast.nextPollRawNanos()) {
          broadcast.missed(now.rawNanos());
        }
        yield List.of();
      }
    };
  }

  private List<Action> poll(
      ClientAssociation client, long nowRaw, RoughTime present, LongSupplier nonces) {
    List<Action> actions = new ArrayList<>();
    boolean asks = nowRaw >= client.nextPollRawNanos();
    boolean can = nts.isEmpty() || nts.get().hasCookie();
    if (asks && !can) {
      nts.get().starved();
      client.skip(nowRaw);
    }
    nts.ifPresent(session -> actions.addAll(session.act(nowRaw, present)));
    if (asks && can) {
      actions.add(ask(client, nowRaw, nonces.getAsLong()));
    }
    return actions;
  }

  /** Keys have come. */
  public void onGranted(Event.KeysGranted event, RoughTime present, long nowRaw) {
    if (nts.isPresent() && nts.get().onGranted(event, present)) {
      association.hurry(nowRaw);
    }
  }

  /** Keys could not be had. */
  public void onRefused(Event.KeysRefused event) {
    nts.ifPresent(session -> session.onRefused(event));
  }

  /** Checks the certificate again by time that is known; what it said is forgotten if it fails. */
  public void confirm(RoughTime present) {
    if (nts.isPresent() && !nts.get().confirm(present)) {
      network = new NetworkSource(association);
    }
  }

  private Action.Ask ask(ClientAssociation client, long nowRaw, long nonce) {
    tally.ask();
    byte[] request = client.poll(nowRaw, nonce);
    return new Action.Ask(
        name(), ByteBuffer.wrap(request).asReadOnlyBuffer(), client.patienceNanos());
  }

  /** Where the server is and who we are. */
  public void onResolved(Event.Resolved event) {
    if (!address.equals(event.address())) {
      association.forgetExchange();
    }
    address = event.address();
    referenceId = event.theirs();
    association.ownReferenceIds(event.ours());
    beforeUs = referenceId.compareTo(event.local()) < 0;
  }

  /** Whether its reference identifier is smaller than the one that we are known to it by. */
  public boolean isBeforeUs() {
    return beforeUs;
  }

  /** Whether it is asked at all, by the operator's word. */
  public void setOnline(boolean online, long nowRaw) {
    if (online == offline) {
      offline = !online;
      refusalTold = false;
      notices.info("%s: %s", name(), online ? "online" : "offline, and not asked");
      if (online) {
        association.startAnew(nowRaw);
      }
    }
  }

  /** The network cannot carry our requests. */
  public void onUnreachable(Event.Unreachable event) {
    if (event.noWay()) {
      association.didNotLeave();
      noWay = true;
    }
    if (!trouble.equals(event.reason())) {
      trouble = event.reason();
      notices.warning("%s: %s", name(), trouble);
    }
  }

  /** Takes a server's reply; true if the belief has changed. */
  public boolean onReply(Event.Reply reply, ClockReading now) {
    ByteBuffer packet = reply.packet();
    long arrival = reply.receivedRawNanos();
    return switch (association) {
      case ClientAssociation client -> {
        client.departed(reply.requestTransmit(), reply.sentRawNanos());
        yield take(client.receive(packet, packet.limit(), arrival, pivot(now)), now.rawNanos());
      }
      case BroadcastAssociation broadcast -> {
        broadcast.volley().departed(reply.requestTransmit(), reply.sentRawNanos());
        yield take(
            broadcast.receiveAnswer(packet, packet.limit(), arrival, pivot(now)), now.rawNanos());
      }
      case SymmetricAssociation peer -> false;
    };
  }

  /** Takes a packet that a server sent unasked; true if the belief has changed. */
  boolean onBroadcast(Event.GroupPacket event, ClockReading now) {
    if (!(association instanceof BroadcastAssociation broadcast)) {
      return false;
    }
    Optional<Reception> reception =
        broadcast.receive(
            event.packet(), event.received().rawNanos(), pivot(now), network.latest());
    boolean changed = reception.isPresent() && take(reception.get(), now.rawNanos());
    broadcast.weighed(
        network.obstacle().filter(SourceState.JUMPED::equals).isPresent(), now.rawNanos());
    return changed;
  }

  /** Takes a peer's packet; true if the belief has changed. */
  public boolean onPeerPacket(Event.PeerPacket event, ClockReading now) {
    if (!(association instanceof SymmetricAssociation peer)) {
      return false;
    }
    return take(peer.receive(event.packet(), event.received(), pivot(now)), now.rawNanos());
  }

  /** A packet to a peer has left. */
  public void onDeparted(Event.Departed event) {
    if (association instanceof SymmetricAssociation peer) {
      noWay = false;
      peer.departed(event.transmit(), event.left(), event.stamped());
    }
  }

  /** Our clock was set. */
  public void clockStepped() {
    association.clockStepped();
  }

  private long pivot(ClockReading now) {
    return Math.max(now.unixNanos(), settings.floorUnixNanos());
  }

  private boolean take(Reception reception, long nowRaw) {
    noWay = false;
    switch (network.learn(reception)) {
      case Reception.Dropped(PacketTest failed) -> {
        tally.drop(failed);
        if (nts.filter(NtsSession::isRetryDue).isPresent()) {
          association.hurry(nowRaw);
        }
      }
      case Reception.Kiss(String code) -> {
        tally.kiss(code);
        if (association.isDenied() && !refusalTold) {
          refusalTold = true;
          notices.warning("%s: refuses to serve us (%s); it is not asked any more", name(), code);
        }
      }
      case Reception.Exchange exchange -> {
        trouble = "";
        return exchange.t3UnixNanos() >= settings.floorUnixNanos() && count();
      }
    }
    return false;
  }

  private boolean count() {
    if (network.lastVerdict() == Verdict.OUTLIER) {
      tally.leaveOut();
      return false;
    }
    tally.use();
    proofDemanded = false;
    doubtItself();
    return true;
  }

  /** By its own time its certificate must be valid, or it is not to be followed at all. */
  private void doubtItself() {
    Optional<TimeEstimate> latest = network.latest();
    if (nts.isPresent()
        && latest.isPresent()
        && !nts.get().standsByItsTime(latest.get().unixNanos(), network.systematicError())) {
      network = new NetworkSource(association);
    }
  }

  /** Tells operators what has changed. */
  public void watch(long nowRaw) {
    news.tell(state(nowRaw), this, notices);
  }

  @Override
  public SourceState state(long nowRaw) {
    if (association.isDenied()) {
      return SourceState.REFUSED;
    }
    if (nts.filter(NtsSession::isBarred).isPresent()) {
      return SourceState.NOT_CERTIFIED;
    }
    if (offline || noWay) {
      return SourceState.OFFLINE;
    }
    if (!association.isAnswered()) {
      return SourceState.UNREACHABLE;
    }
    return association
        .lastFailure()
        .flatMap(ServerTests::stateAfter)
        .orElseGet(() -> known(nowRaw));
  }

  private SourceState known(long nowRaw) {
    Optional<Belief> belief = belief(nowRaw);
    if (association.reach() == 0) {
      return SourceState.UNREACHABLE;
    }
    if (belief.isEmpty() || proofDemanded) {
      return SourceState.UNPROVEN;
    }
    boolean distant = belief.get().bound() > LARGEST_ROOT_DISTANCE;
    return network.obstacle().orElse(distant ? SourceState.TOO_DISTANT : SourceState.READY);
  }

  @Override
  public Optional<Belief> belief(long rawNanos) {
    return network
        .latest()
        .filter(estimate -> estimate.unixNanos() >= settings.floorUnixNanos())
        .map(estimate -> Belief.of(estimate, rawNanos, network.systematicError(), Basis.EXCHANGE));
  }

  @Override
  public int stratum() {
    return server().map(Reception.Server::stratum).orElse(0);
  }

  @Override
  public ReferenceId referenceId() {
    return referenceId;
  }

  @Override
  public double rootDelay() {
    return server().map(s -> s.rootDelay() + Math.max(0, network.leastDelay())).orElse(0.0);
  }

  @Override
  public void shift(long nanos) {
    network.shift(nanos);
  }

  @Override
  public void forgetPhase() {
    network.forgetPhase();
  }

  @Override
  public void demandProof() {
    association.forgetExchange();
    proofDemanded = true;
  }

  /** Asks soon: something happened that only a reply can clear up. */
  public void hurry(long nowRaw) {
    association.hurry(nowRaw);
  }

  /**
   * The source as combination sees it at a moment.
   *
   * @throws java.util.NoSuchElementException before there is a belief
   */
  public Combination.Part part(long rawNanos) {
    return network.part(rawNanos);
  }

  /** What its exchanges teach, for those who put several servers together. */
  public ExchangeEstimator estimator() {
    return network.estimator();
  }

  /** Address for people; empty until it is known. */
  public String address() {
    return address;
  }

  /** What keeps requests from leaving; empty if nothing does. */
  public String trouble() {
    return trouble;
  }

  /** Seconds for the round trip at its best; empty until there was one. */
  public Optional<Double> delay() {
    return server().map(s -> network.leastDelay());
  }

  /** What was sent, and what came of it. */
  public Tally tally() {
    return tally;
  }
}
