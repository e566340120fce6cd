package org.timeball.sim.join;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.timeball.sim.clock.Timex;
import org.timeball.sim.world.Datagram;

/** The requests of clknetsim's protocol that a node needs. Nodes are numbered from 1 here. */
final class ClknetsimLink {
  private static final int REGISTER = 1;
  private static final int GET_TIME = 2;
  private static final int SET_TIME = 3;
  private static final int ADJUST = 4;
  private static final int SELECT = 6;
  private static final int SEND = 7;
  private static final int RECEIVE = 8;
  private static final int DEREGISTER = 11;

  private static final int UDP = 1;
  private static final int HEADER = 8;
  private static final int ROOM = 8192;

  /** {@code struct timex} on a 64-bit machine. */
  private static final int TIMEX_OCTETS = 208;

  private static final int TIMEX_FREQUENCY = 16;
  private static final int TIMEX_TICK = 88;
  private static final int DATAGRAM_HEADER = 24;
  private static final int TIMES_IN_SELECT = 24;

  private final RecordChannel channel;
  private final ByteBuffer request = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
  private double real;
  private double monotonic;
  private double raw;

  /** What a wait ended with. */
  enum Awoken {
    TIMEOUT,
    PACKET,
    BROADCAST,
    END
  }

  ClknetsimLink(RecordChannel channel) {
    this.channel = channel;
  }

  private void begin(int type) {
    request.clear();
    request.putInt(type).putInt(0);
  }

  private void send() {
    try {
      channel.send(request.array(), request.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer call(int octets) {
    send();
    try {
      byte[] reply = channel.receive(ROOM);
      if (reply.length < octets) {
        throw new IOException(
            "a reply of " + reply.length + " octets where " + octets + " were expected");
      }
      return ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Joins the network; returns when the simulation starts. */
  void register(int node) {
    begin(REGISTER);
    request.putInt(node - 1);
    call(8);
    readTime();
  }

  void readTime() {
    begin(GET_TIME);
    request.putInt(0);
    times(call(40), 0);
  }

  private void times(ByteBuffer reply, int at) {
    real = reply.getDouble(at);
    monotonic = reply.getDouble(at + 8);
    raw = reply.getDouble(at + 16);
  }

  /** The steered clock in seconds since the start. */
  double real() {
    return real;
  }

  /** The clock by which {@link #await} counts. */
  double monotonic() {
    return monotonic;
  }

  /** The oscillator in seconds since the start. */
  double raw() {
    return raw;
  }

  void setTime(double seconds) {
    begin(SET_TIME);
    request.putInt(0).putInt(0).putDouble(seconds);
    send();
    readTime();
  }

  /** Sets the rate and says what it is now. */
  double setFrequency(double rate) {
    Timex wanted = Timex.ofFrequency(rate);
    begin(ADJUST);
    request.putInt(0).putInt(0);
    int at = request.position();
    request.put(new byte[TIMEX_OCTETS]);
    request.putInt(at, wanted.modes);
    request.putLong(at + TIMEX_FREQUENCY, wanted.frequency);
    request.putLong(at + TIMEX_TICK, wanted.tick);
    ByteBuffer reply = call(HEADER + TIMEX_OCTETS);
    Timex now = new Timex();
    now.frequency = reply.getLong(HEADER + TIMEX_FREQUENCY);
    now.tick = reply.getLong(HEADER + TIMEX_TICK);
    return Timex.frequencyOf(now);
  }

  /** Lets time pass, at most so much by the node's own clock; nothing else does. */
  Awoken await(double seconds) {
    begin(SELECT);
    request.putDouble(seconds).putInt(1).putInt(0);
    ByteBuffer reply = call(TIMES_IN_SELECT + 40);
    times(reply, TIMES_IN_SELECT);
    return Awoken.values()[reply.getInt(0)];
  }

  void send(Datagram datagram) {
    byte[] octets = datagram.payload().octets();
    begin(SEND);
    request
        .putInt(UDP)
        .putInt(0)
        .putInt(datagram.to() - 1)
        .putInt(datagram.sourcePort())
        .putInt(datagram.destinationPort())
        .putInt(octets.length)
        .put(octets);
    send();
  }

  /** The packet that has come; empty if it was none that a time daemon reads. */
  Optional<Datagram> receive(int ownNumber) {
    begin(RECEIVE);
    ByteBuffer reply = call(DATAGRAM_HEADER);
    int length = reply.getInt(20);
    if (reply.getInt(0) != UDP || reply.limit() < DATAGRAM_HEADER + length) {
      return Optional.empty();
    }
    byte[] octets = new byte[length];
    reply.get(DATAGRAM_HEADER, octets);
    return Optional.of(
        new Datagram(
            reply.getInt(8) + 1,
            reply.getInt(12),
            ownNumber,
            reply.getInt(16),
            new Datagram.Payload(octets)));
  }

  void deregister() {
    begin(DEREGISTER);
    send();
  }
}
