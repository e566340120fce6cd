package org.timeball.server.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.UdpGroup;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.GroupListener;

/** The threads that listen to servers which send unasked. Changed by one thread at a time. */
public final class BroadcastReceivers implements AutoCloseable {
  private final GroupMembership groups;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final List<GroupListener> receivers = new ArrayList<>();

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
    receivers.forEach(GroupListener::close);
    receivers.clear();
    for (SourceSettings source : sources) {
      source
          .network()
          .filter(network -> source.isNetwork())
          .ifPresent(network -> receivers.add(receiver(source.name(), network.group())));
    }
    receivers.forEach(GroupListener::start);
  }

  private GroupListener receiver(String source, UdpGroup group) {
    return new GroupListener(
        "group-" + source,
        () -> groups.join(group),
        socket -> new BroadcastReceiver(source, socket, clock, brain),
        failure ->
            brain.accept(
                new Event.Unreachable(source, failure.getMessage(), failure.isForWantOfAWay())));
  }

  /** Ends all threads. */
  @Override
  public void close() {
    serve(List.of());
  }
}
