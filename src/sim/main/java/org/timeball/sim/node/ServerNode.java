package org.timeball.sim.node;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.timeball.core.ClockReading;
import org.timeball.core.ServerState;
import org.timeball.core.SystemClock;
import org.timeball.core.leap.Smear;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.core.server.SmearedTime;
import org.timeball.sim.world.Datagram;
import org.timeball.sim.world.Node;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/** The daemon's responder, answering whoever asks. */
public final class ServerNode implements Node {
  static final int NTP_PORT = 123;

  /** The upper half of 2001:db8::/64, the prefix for examples; a node's number is the rest. */
  private static final long PREFIX = 0x20010db8_00000000L;

  private static final int ROOM = 1024;

  private final int number;
  private final SystemClock clock;
  private final Consumer<Datagram> network;
  private final Supplier<ServerState> state;
  private final Responder responder = new Responder();
  private final Request request = new Request();
  private final ByteBuffer room = ByteBuffer.allocate(ROOM);
  private Optional<SmearedTime> smeared = Optional.empty();
  private long answered;

  /**
   * A server.
   *
   * @param network takes what is to be sent
   * @param state what it says of itself
   */
  public ServerNode(
      int number, SystemClock clock, Consumer<Datagram> network, Supplier<ServerState> state) {
    this.number = number;
    this.clock = clock;
    this.network = network;
    this.state = state;
  }

  /** A stratum-1 server that takes its own clock for the truth. */
  public static ServerNode stratumOne(int number, SystemClock clock, Consumer<Datagram> network) {
    return stratumOne(number, clock, network, Leap.NONE);
  }

  /** The same, which announces this all the time. */
  public static ServerNode stratumOne(
      int number, SystemClock clock, Consumer<Datagram> network, Leap leap) {
    return new ServerNode(number, clock, network, () -> perfect(clock.servedUnixNanos(), leap));
  }

  @Override
  public long nextWakeRawNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void wake() {}

  /** Spreads leap seconds for its clients from now on. */
  void smear(Smear smear) {
    smeared = Optional.of(new SmearedTime(smear));
  }

  /** What clients are shown now. */
  long shownUnixNanos() {
    if (smeared.isEmpty()) {
      return clock.servedUnixNanos();
    }
    smeared.get().of(state.get());
    ClockReading now = clock.read();
    return smeared.get().unixNanos(now.unixNanos(), now.rawNanos());
  }

  @Override
  public void receive(Datagram datagram) {
    long now = shownUnixNanos();
    ServerState said = smeared.map(s -> s.of(state.get())).orElseGet(state);
    byte[] octets = datagram.payload().octets();
    room.clear();
    room.put(octets).clear();
    request
        .octets(room, 0, octets.length, false)
        .source(PREFIX, datagram.from(), datagram.sourcePort())
        .destination(PREFIX, number, datagram.destinationPort(), true)
        .receivedAt(now);
    if (responder.answer(request, said, now) != Outcome.ANSWERED) {
      return;
    }
    answered++;
    Responder.stamp(room, 0, shownUnixNanos());
    byte[] reply = new byte[responder.replyLength()];
    room.get(0, reply);
    network.accept(
        new Datagram(
            number, NTP_PORT, datagram.from(), datagram.sourcePort(), new Datagram.Payload(reply)));
  }

  /** Requests answered. */
  public long answered() {
    return answered;
  }

  private static ServerState perfect(long now, Leap leap) {
    return new ServerState(leap, 1, -29, 0, 0, 0, now, ReferenceId.ofText("SIM"), now);
  }
}
