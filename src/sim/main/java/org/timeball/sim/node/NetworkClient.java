package org.timeball.sim.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.timeball.core.ClockReading;
import org.timeball.core.SystemClock;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.discipline.Verdict;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Selection;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.ClientAssociation;
import org.timeball.core.source.NetworkSource;
import org.timeball.sim.world.Datagram;
import org.timeball.time.ReferenceId;

/** A client of one or more servers, with the daemon's own selection and combination. */
public final class NetworkClient implements Client {
  private static final int NTP_PORT = 123;
  private static final int FIRST_PORT = 40_000;

  private final int number;
  private final SystemClock clock;
  private final Consumer<Datagram> network;
  private final Steered steered;
  private final List<NetworkSource> sources = new ArrayList<>();
  private final List<Integer> servers = new ArrayList<>();
  private final Random nonces;
  private List<NetworkSource> followed = List.of();
  private TimeEstimate believed;
  private long requests;

  /**
   * A client that asks nobody yet.
   *
   * @param network takes what is to be sent
   * @param random decides the phase of the polls and the nonces
   */
  public NetworkClient(int number, SystemClock clock, Consumer<Datagram> network, Random random) {
    this.number = number;
    this.clock = clock;
    this.network = network;
    this.steered = new Steered(clock);
    this.nonces = random;
  }

  /** From now on it asks the server on this node, too. */
  public void ask(int server, int minimumPoll, int maximumPoll) {
    long first =
        clock.read().rawNanos() + (long) (nonces.nextDouble() * Math.scalb(1e9, minimumPoll));
    sources.add(
        new NetworkSource(
            new ClientAssociation(
                AssociationSettings.of("server" + server, minimumPoll, maximumPoll),
                PacketKeys.NONE,
                Set.of(new ReferenceId(number)),
                first)));
    servers.add(server);
  }

  /** What is believed about true time, and by whom: the sources that are followed. */
  public List<NetworkSource> followed() {
    return followed;
  }

  /** The estimate that the clock was last steered by; empty before. */
  public Optional<TimeEstimate> believed() {
    return Optional.ofNullable(believed);
  }

  @Override
  public long nextWakeRawNanos() {
    long next = steered.nextWakeRawNanos();
    for (NetworkSource source : sources) {
      next = Math.min(next, source.association().nextPollRawNanos());
    }
    return next;
  }

  @Override
  public void wake() {
    steered.wake();
    for (int i = 0; i < sources.size(); i++) {
      ClientAssociation association = sources.get(i).association();
      long now = clock.read().rawNanos();
      if (now >= association.nextPollRawNanos()) {
        byte[] octets = association.poll(now, nonces.nextLong());
        network.accept(
            new Datagram(
                number, FIRST_PORT + i, servers.get(i), NTP_PORT, new Datagram.Payload(octets)));
        requests++;
      }
    }
  }

  @Override
  public void receive(Datagram datagram) {
    int index = datagram.destinationPort() - FIRST_PORT;
    if (index < 0 || index >= sources.size() || datagram.from() != servers.get(index)) {
      return;
    }
    NetworkSource source = sources.get(index);
    ClockReading now = clock.read();
    byte[] octets = datagram.payload().octets();
    source.receive(ByteBuffer.wrap(octets), octets.length, now.rawNanos(), now.unixNanos());
    if (source.lastVerdict() != Verdict.OUTLIER) {
      correct(now.rawNanos());
    }
  }

  private void correct(long now) {
    List<Candidate> candidates = new ArrayList<>();
    for (NetworkSource source : sources) {
      candidates.add(source.candidate(now));
    }
    Selection selection = Selection.of(candidates, 1);
    List<Combination.Part> right = new ArrayList<>();
    List<NetworkSource> agreeing = new ArrayList<>();
    for (NetworkSource source : sources) {
      Fate fate = selection.fates().get(source.association().name());
      if (fate == Fate.SELECTED || fate == Fate.TRUECHIMER) {
        right.add(source.part(now));
        agreeing.add(source);
      }
    }
    if (!right.isEmpty()) {
      followed = List.copyOf(agreeing);
      believed = Combination.of(Combination.steady(right));
      steered.correct(believed);
    }
  }

  @Override
  public long requests() {
    return requests;
  }

  @Override
  public int steps() {
    return steered.steps();
  }
}
