package org.timeball.sim.join;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.timeball.core.ServerState;
import org.timeball.core.discipline.TimeEstimate;
import org.timeball.core.source.NetworkSource;
import org.timeball.core.source.Reception;
import org.timeball.sim.node.NetworkClient;
import org.timeball.sim.node.ServerNode;
import org.timeball.sim.world.Datagram;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** Client of some nodes and server of whoever asks, in a network that clknetsim simulates. */
public final class JoinedNode {
  private static final int NTP_PORT = 123;
  private static final int PRECISION_EXPONENT = -29;

  /** The address of node N is 192.168.123.N. */
  private static final int NETWORK = 192 << 24 | 168 << 16 | 123 << 8;

  /** Half a nanosecond more, so that a wait never ends before its moment. */
  private static final double MARGIN = 0.5e-9;

  private final int number;
  private final ClknetsimLink link;
  private final JoinedClock clock;
  private final NetworkClient client;
  private final ServerNode server;
  private long served;

  /** A server to ask. */
  public record Asked(int node, int minimumPoll, int maximumPoll) {}

  /**
   * Joins; returns when the simulation starts.
   *
   * @param number of this node, from 1
   * @param epochUnixSeconds Unix time at the start of the simulation; all nodes must agree on it
   */
  public JoinedNode(RecordChannel channel, int number, long epochUnixSeconds, List<Asked> servers) {
    this.number = number;
    this.link = new ClknetsimLink(channel);
    link.register(number);
    this.clock = new JoinedClock(link, epochUnixSeconds);
    this.client = new NetworkClient(number, clock, link::send, new Random(number));
    for (Asked asked : servers) {
      client.ask(asked.node(), asked.minimumPoll(), asked.maximumPoll());
    }
    this.server =
        servers.isEmpty()
            ? ServerNode.stratumOne(number, clock, link::send)
            : new ServerNode(number, clock, link::send, this::state);
  }

  /** Takes part until the simulation ends. */
  public void run() {
    while (true) {
      switch (link.await(untilWake())) {
        case TIMEOUT -> client.wake();
        case PACKET, BROADCAST -> link.receive(number).ifPresent(this::receive);
        case END -> {
          link.deregister();
          return;
        }
      }
    }
  }

  /** Seconds by the node's own clock until something is to be done. */
  private double untilWake() {
    long wake = client.nextWakeRawNanos();
    if (wake == Long.MAX_VALUE) {
      return 1e9;
    }
    double raw = wake * 1e-9 - link.raw();
    return Math.max(0, raw * (1 + clock.frequency()) + MARGIN);
  }

  private void receive(Datagram datagram) {
    if (datagram.destinationPort() != NTP_PORT) {
      client.receive(datagram);
    } else {
      server.receive(datagram);
      served++;
    }
  }

  private ServerState state() {
    if (client.believed().isEmpty() || client.followed().isEmpty()) {
      return ServerState.unsynchronized(PRECISION_EXPONENT);
    }
    TimeEstimate belief = client.believed().get().at(clock.read().rawNanos());
    NetworkSource source = client.followed().getFirst();
    Reception.Server upstream = source.server().orElseThrow();
    int node = Integer.parseInt(source.association().name().substring("server".length()));
    return new ServerState(
        Leap.NONE,
        upstream.stratum() + 1,
        PRECISION_EXPONENT,
        upstream.rootDelay() + source.leastDelay(),
        upstream.rootDispersion() + belief.phaseSigma(),
        belief.frequencySigma(),
        clock.servedUnixNanos(),
        new ReferenceId(NETWORK | node),
        clock.servedUnixNanos());
  }

  /** What was done, for people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "node %d: %d requests sent, %d received, %d steps%s",
        number,
        client.requests(),
        served,
        client.steps(),
        client
            .believed()
            .map(b -> String.format(Locale.ROOT, ", error now ±%.3g µs", 1e6 * b.phaseSigma()))
            .orElse(""));
  }
}
