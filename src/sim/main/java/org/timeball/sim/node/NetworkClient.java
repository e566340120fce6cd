package org.timeball.sim.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.timeball.core.discipline.Combination;
import org.timeball.core.discipline.Verdict;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Selection;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.ClientAssociation;
import org.timeball.core.source.NetworkSource;
import org.timeball.sim.clock.SimulatedClock;
import org.timeball.sim.world.Datagram;
import org.timeball.sim.world.World;
import org.timeball.time.ReferenceId;

/** A client of one or more servers, with the daemon's own selection and combination. */
public final class NetworkClient implements Client {
  private static final int NTP_PORT = 123;
  private static final int FIRST_PORT = 40_000;

  private final World world;
  private final int number;
  private final SimulatedClock clock;
  private final Steered steered;
  private final List<NetworkSource> sources = new ArrayList<>();
  private final int[] servers;
  private final Random nonces;
  private long requests;
  private double firstRequestSeconds = -1;

  /**
   * @param servers numbers of the servers' nodes
   * @param random decides the phase of the poll and the nonces
   */
  public NetworkClient(
      World world, int number, int[] servers, int minimumPoll, int maximumPoll, Random random) {
    this.world = world;
    this.number = number;
    this.clock = world.clock(number);
    this.steered = new Steered(clock);
    this.servers = servers.clone();
    this.nonces = random;
    for (int server : servers) {
      long first = (long) (random.nextDouble() * Math.scalb(1e9, minimumPoll));
      sources.add(
          new NetworkSource(
              new ClientAssociation(
                  AssociationSettings.of("server" + server, minimumPoll, maximumPoll),
                  PacketKeys.NONE,
                  Set.of(new ReferenceId(number)),
                  first)));
    }
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
      long now = clock.rawNanos();
      if (now >= association.nextPollRawNanos()) {
        byte[] octets = association.poll(now, nonces.nextLong());
        world.send(
            new Datagram(
                number, FIRST_PORT + i, servers[i], NTP_PORT, new Datagram.Payload(octets)));
        requests++;
        if (firstRequestSeconds < 0) {
          firstRequestSeconds = world.now();
        }
      }
    }
  }

  @Override
  public void receive(Datagram datagram) {
    NetworkSource source = sources.get(datagram.destinationPort() - FIRST_PORT);
    byte[] octets = datagram.payload().octets();
    source.receive(
        ByteBuffer.wrap(octets), octets.length, clock.rawNanos(), clock.servedUnixNanos());
    if (source.lastVerdict() != Verdict.OUTLIER) {
      correct();
    }
  }

  private void correct() {
    long now = clock.rawNanos();
    List<Candidate> candidates = new ArrayList<>();
    for (NetworkSource source : sources) {
      candidates.add(source.candidate(now));
    }
    Selection selection = Selection.of(candidates, 1);
    List<Combination.Part> right = new ArrayList<>();
    for (NetworkSource source : sources) {
      Fate fate = selection.fates().get(source.association().name());
      if (fate == Fate.SELECTED || fate == Fate.TRUECHIMER) {
        right.add(source.part(now));
      }
    }
    if (!right.isEmpty()) {
      steered.correct(Combination.of(Combination.steady(right)));
    }
  }

  @Override
  public long requests() {
    return requests;
  }

  @Override
  public double firstRequestSeconds() {
    return firstRequestSeconds;
  }

  @Override
  public int steps() {
    return steered.steps();
  }
}
