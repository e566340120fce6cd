package org.timeball.sim.join;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.control.StatusReport;
import org.timeball.sim.node.BrainNode;
import org.timeball.sim.node.BrainSetup;
import org.timeball.sim.node.ServerNode;
import org.timeball.sim.world.Node;
import org.timeball.sim.world.Trace;

/** Client of some nodes and server of whoever asks, in a network that clknetsim simulates. */
public final class JoinedNode {
  /** Half a nanosecond more, so that a wait never ends before its moment. */
  private static final double MARGIN = 0.5e-9;

  private final int number;
  private final ClknetsimLink link;
  private final JoinedClock clock;
  private final Node daemon;
  private final Supplier<String> summary;

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
    if (servers.isEmpty()) {
      ServerNode server = ServerNode.stratumOne(number, clock, link::send);
      daemon = server;
      summary = () -> "%d requests answered".formatted(server.answered());
    } else {
      BrainNode brain = client(servers, epochUnixSeconds);
      daemon = brain;
      summary = () -> summary(brain);
    }
  }

  private BrainNode client(List<Asked> servers, long epochUnixSeconds) {
    BrainSettings settings =
        BrainSetup.of(
            List.of(),
            servers.stream()
                .map(s ->
                    BrainSetup.server(s.node(), s.minimumPoll(), s.maximumPoll(), epochUnixSeconds))
                .toList());
    Random random = new Random(number);
    // A phase of its own, so that not all nodes ask at once.
    long phase = (long) (random.nextDouble() * Math.scalb(1e9, servers.getFirst().minimumPoll()));
    return new BrainNode(
        number,
        clock,
        settings,
        "",
        link::send,
        random,
        new Trace(),
        clock.read().rawNanos() + phase);
  }

  /** Takes part until the simulation ends. */
  public void run() {
    while (true) {
      switch (link.await(untilWake())) {
        case TIMEOUT -> daemon.wake();
        case PACKET, BROADCAST -> link.receive(number).ifPresent(daemon::receive);
        case END -> {
          link.deregister();
          return;
        }
      }
    }
  }

  /** Seconds by the node's own clock until something is to be done. */
  private double untilWake() {
    long wake = daemon.nextWakeRawNanos();
    if (wake == Long.MAX_VALUE) {
      return 1e9;
    }
    double raw = wake * 1e-9 - link.raw();
    return Math.max(0, raw * (1 + clock.frequency()) + MARGIN);
  }

  /** What was done, for people. */
  public String summary() {
    return "node %d: %s".formatted(number, summary.get());
  }

  private static String summary(BrainNode node) {
    StatusReport status = node.status();
    return String.format(
        Locale.ROOT,
        "%d requests sent, %d answered, %d steps, %s, error now ±%.3g µs",
        node.requests(),
        node.answered(),
        node.steps().size(),
        status.system().state().toString().toLowerCase(Locale.ROOT),
        1e6 * status.system().errorBound().orElse(Double.NaN));
  }
}
