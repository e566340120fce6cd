package org.timeball.server.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.server.config.SourceSettings;

/** The threads that listen to servers which send unasked. Changed by one thread at a time. */
public final class BroadcastReceivers implements AutoCloseable {
  private final GroupMembership groups;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final List<BroadcastReceiver> receivers = new ArrayList<>();

  /**
   * Nothing is listened to yet.
   *
   * @param clock the scales that moments are told on
   * @param brain takes events; returns at once
   */
  public BroadcastReceivers(GroupMembership groups, PacketClock clock, Consumer<Event> brain) {
    this.groups = groups;
    this.clock = clock;
    this.brain = brain;
  }

  /** To these and no others from now on; of {@code sources} those that are networks. */
  public void serve(List<SourceSettings> sources) {
    receivers.forEach(BroadcastReceiver::close);
    receivers.clear();
    for (SourceSettings source : sources) {
      source
          .network()
          .filter(network -> source.isNetwork())
          .ifPresent(network ->
              receivers.add(
                  new BroadcastReceiver(source.name(), network.group(), groups, clock, brain)));
    }
    receivers.forEach(BroadcastReceiver::start);
  }

  /** Ends all threads. */
  @Override
  public void close() {
    serve(List.of());
  }
}
