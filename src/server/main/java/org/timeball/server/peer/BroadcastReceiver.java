package org.timeball.server.peer;

import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.DatagramPath;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpSocket;
import org.timeball.server.net.GroupListener;

/** Hands what servers send to one network to the brain. */
final class BroadcastReceiver implements GroupListener.Ear {
  private final String source;
  private final DatagramPath path;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final Pace pace;

  /** Takes over the socket. */
  BroadcastReceiver(String source, UdpSocket socket, PacketClock clock, Consumer<Event> brain) {
    this.source = source;
    this.clock = clock;
    this.brain = brain;
    path = new DatagramPath(socket, clock);
    pace = new Pace(clock.nowRawNanos());
  }

  @Override
  public void hear() throws NetException {
    path.receive(arrival -> {
      if (pace.allows(clock.nowRawNanos())) {
        brain.accept(
            new Event.GroupPacket(
                source,
                arrival.sender().getAddress().getHostAddress(),
                arrival.received(),
                arrival.packet()));
      }
    });
  }

  @Override
  public void close() {
    path.close();
  }
}
