package org.timeball.core.broadcast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.control.StatusReport;

/** All networks to which time is sent unasked. Belongs to the brain's thread. */
public final class BroadcastServers {
  private final Notices notices;
  private List<BroadcastServer> servers = List.of();

  /** None yet. */
  public BroadcastServers(Notices notices) {
    this.notices = notices;
  }

  /** These from now on; those that were there before with the same settings stay as they are. */
  public void change(List<BroadcastServerSettings> after, long nowRawNanos) {
    List<BroadcastServer> changed = new ArrayList<>();
    for (BroadcastServerSettings one : after) {
      changed.add(
          servers.stream()
              .filter(server -> server.settings().equals(one))
              .findFirst()
              .orElseGet(() -> new BroadcastServer(one, nowRawNanos, notices)));
    }
    servers = List.copyOf(changed);
  }

  /** When the next packet may be due; {@link Long#MAX_VALUE} if never. */
  public long nextRawNanos() {
    return servers.stream().mapToLong(BroadcastServer::nextRawNanos).min().orElse(Long.MAX_VALUE);
  }

  /**
   * The packets that are due.
   *
   * @param state what is said of this server from now on
   */
  public List<Action.Transmit> poll(ClockReading now, ServerState state) {
    return servers.stream().flatMap(server -> server.poll(now, state).stream()).toList();
  }

  /** A packet of {@link #poll} has left, or another's. */
  public void onDeparted(Event.Departed event) {
    server(event.source()).ifPresent(server -> server.departed(event));
  }

  /** A packet of {@link #poll} could not be sent, or another's. */
  public void onUnreachable(Event.Unreachable event) {
    server(event.source()).ifPresent(server -> server.onUnreachable(event));
  }

  private Optional<BroadcastServer> server(String name) {
    return servers.stream().filter(s -> s.settings().name().equals(name)).findFirst();
  }

  /** The clock was set, by us or by somebody else. */
  public void clockStepped() {
    servers.forEach(BroadcastServer::clockStepped);
  }

  /** What there is to show, in the order of the configuration. */
  public List<StatusReport.Broadcast> status() {
    return servers.stream().map(BroadcastServer::status).toList();
  }
}
