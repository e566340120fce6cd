package org.timeball.sim.node;

import java.nio.ByteBuffer;
import org.timeball.core.ServerState;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.sim.clock.SimulatedClock;
import org.timeball.sim.world.Datagram;
import org.timeball.sim.world.Node;
import org.timeball.sim.world.World;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** A stratum-1 server that takes its own clock for the truth and answers whoever asks. */
public final class ServerNode implements Node {
  private static final int NTP_PORT = 123;

  /** The upper half of 2001:db8::/64, the prefix for examples; a node's number is the rest. */
  private static final long PREFIX = 0x20010db8_00000000L;

  private static final int ROOM = 1024;

  private final World world;
  private final int number;
  private final Responder responder = new Responder();
  private final Request request = new Request();
  private final ByteBuffer room = ByteBuffer.allocate(ROOM);

  public ServerNode(World world, int number) {
    this.world = world;
    this.number = number;
  }

  @Override
  public long nextWakeRawNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void wake() {}

  @Override
  public void receive(Datagram datagram) {
    SimulatedClock clock = world.clock(number);
    long now = clock.servedUnixNanos();
    byte[] octets = datagram.payload().octets();
    room.clear();
    room.put(octets).clear();
    request
        .octets(room, 0, octets.length, false)
        .source(PREFIX, datagram.from(), datagram.sourcePort())
        .destination(PREFIX, number, datagram.destinationPort(), true)
        .receivedAt(now);
    if (responder.answer(request, state(now), now) != Outcome.ANSWERED) {
      return;
    }
    Responder.stamp(room, 0, clock.servedUnixNanos());
    byte[] reply = new byte[responder.replyLength()];
    room.get(0, reply);
    world.send(
        new Datagram(
            number, NTP_PORT, datagram.from(), datagram.sourcePort(), new Datagram.Payload(reply)));
  }

  private static ServerState state(long now) {
    return new ServerState(Leap.NONE, 1, -29, 0, 0, 0, now, ReferenceId.ofText("SIM"), now);
  }
}
