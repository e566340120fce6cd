package org.timeball.platform.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.timeball.core.ClockReading;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.StateHeader;
import org.timeball.core.server.Request;
import org.timeball.core.server.TransmitLead;
import org.timeball.platform.clock.PacketClock;

/**
 * A socket on which packets that give time go out and come in at any moment, with the kernel's
 * stamps: one thread sends, another receives.
 *
 * <p>What comes in is told of after the departure of everything that it may answer: whoever
 * receives waits while a packet is leaving, for the twentieth of a second at most that a stamp is
 * waited for.
 */
public final class DatagramPath implements AutoCloseable {
  private static final int ROOM = 1600;
  private static final int BATCH = 4;

  // struct pollfd: descriptor, events wanted, events seen.
  private static final int POLL_LENGTH = 8;
  private static final int POLL_AT = MessageHeaders.room(1);
  private static final int OCTETS_AT = POLL_AT + POLL_LENGTH;

  /** A departure stamp comes with the call or right after; one that takes longer does not come. */
  private static final long STAMP_PATIENCE_NANOS = 50_000_000L;

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** The class of lead for a thread that has slept for long, as one that sends now and then has. */
  private static final int RESTED = TransmitLead.restClass(Long.MAX_VALUE);

  private final UdpSocket socket;
  private final PacketClock clock;
  private final Object departing = new Object();

  // Of the thread that sends.
  private final NativeBlock block = new NativeBlock(OCTETS_AT + ROOM);
  private final MessageHeaders headers = new MessageHeaders(block, 1);
  private final TransmitStamps stamps;
  private final TransmitLead lead = new TransmitLead();

  // Of the thread that receives.
  private final ReceiveBatch received;
  private final Request datagram = new Request();

  /**
   * When a packet left.
   *
   * @param transmit its transmit timestamp
   * @param left the moment on both scales
   * @param stamped whether that is the kernel's stamp; otherwise it is the moment before the call
   */
  public record Departure(long transmit, ClockReading left, boolean stamped) {}

  /**
   * A datagram that came in.
   *
   * @param packet whole, from offset 0 to the limit; read-only
   * @param received the moment on both scales, as the kernel stamped it if it did
   * @param sender who sent it
   */
  public record Arrival(ByteBuffer packet, ClockReading received, InetSocketAddress sender) {}

  /** Takes over a socket that stamps what it sends; it is closed with this. */
  public DatagramPath(UdpSocket socket, PacketClock clock) {
    this.socket = socket;
    this.clock = clock;
    stamps = new TransmitStamps(socket);
    received = new ReceiveBatch(socket, BATCH);
  }

  /** The socket. */
  public UdpSocket socket() {
    return socket;
  }

  /**
   * Sends a packet to where the socket is connected.
   *
   * @param header its header; a transmit timestamp of 0 in it is replaced by that of the departure
   * @param length octets of the whole packet, up to 1600
   * @param finish writes what follows the header, when the timestamp is there
   * @param told takes the departure before anything that answers the packet is handed over
   * @throws NetException if the packet cannot be sent; nothing is told then
   */
  public void send(
      ByteBuffer header, int length, Consumer<ByteBuffer> finish, Consumer<Departure> told)
      throws NetException {
    synchronized (departing) {
      ByteBuffer octets = block.octets().slice(OCTETS_AT, ROOM);
      octets.put(0, header, 0, NtpHeader.LENGTH);
      headers.octets(0, block.address(OCTETS_AT), length);
      ClockReading before = new ClockReading(clock.nowRawNanos(), clock.nowUnixNanos());
      long given = NtpHeader.transmitTimestamp(octets, 0);
      long transmit =
          given == 0 ? StateHeader.wireBits(before.unixNanos() + lead.leadNanos(RESTED)) : given;
      NtpHeader.transmitTimestamp(octets, 0, transmit);
      finish.accept(octets);
      letGoOldStamps();
      int result = SocketCalls.sendmmsg(socket.descriptor(), block.address(0), 1, 0);
      if (result < 0) {
        throw socket.failure(result);
      }
      told.accept(departure(transmit, before));
    }
  }

  private void letGoOldStamps() {
    while (stamps.take()) {
      // Of a packet that was told of without its stamp.
    }
  }

  private Departure departure(long transmit, ClockReading before) throws NetException {
    long until = clock.nowRawNanos() + STAMP_PATIENCE_NANOS;
    for (long left = STAMP_PATIENCE_NANOS; left > 0; left = until - clock.nowRawNanos()) {
      while (stamps.take()) {
        long stamp = stamps.stampRealtimeNanos();
        long raw = clock.rawNanosOfStamp(stamp);
        if (stamp != 0 && raw >= before.rawNanos()) {
          long unix = clock.unixNanosOfStamp(stamp);
          lead.learn(RESTED, unix - before.unixNanos());
          return new Departure(transmit, new ClockReading(raw, unix), true);
        }
      }
      awaitStamp(left);
    }
    return new Departure(transmit, before, false);
  }

  private void awaitStamp(long patienceNanos) throws NetException {
    // The error queue, where stamps come, is told of whether it is asked for or not.
    block.structures().putInt(POLL_AT, socket.descriptor()).putInt(POLL_AT + Integer.BYTES, 0);
    long millis = (patienceNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    int result = SocketCalls.poll(block.address(POLL_AT), 1, (int) millis);
    if (result < 0 && !Errno.EINTR.is(result)) {
      throw socket.failure(result);
    }
  }

  /**
   * Waits for datagrams and hands over those that came.
   *
   * @return how many; 0 when the socket no longer receives
   * @throws NetException if the kernel refuses, or tells that an earlier datagram was refused
   */
  public int receive(Consumer<Arrival> told) throws NetException {
    int count = received.receive(BATCH);
    for (int i = 0; i < count; i++) {
      received.load(i, datagram);
      Arrival arrival = arrival(i);
      // Whatever is leaving has left, and was told of, when this is ours.
      synchronized (departing) {
        told.accept(arrival);
      }
    }
    return count;
  }

  private Arrival arrival(int i) {
    byte[] octets = new byte[received.length(i)];
    received.octets().get(received.octetsAt(i), octets);
    long stamp = received.stampRealtimeNanos();
    ClockReading moment =
        stamp == 0
            ? new ClockReading(clock.nowRawNanos(), clock.nowUnixNanos())
            : new ClockReading(clock.rawNanosOfStamp(stamp), clock.unixNanosOfStamp(stamp));
    return new Arrival(ByteBuffer.wrap(octets).asReadOnlyBuffer(), moment, received.source(i));
  }

  /** Ends a {@link #receive} and all later ones; may be called by any thread. */
  public void stopReceiving() {
    socket.stopReceiving();
  }

  /** Gives the socket back. No thread may be sending or receiving. */
  @Override
  public void close() {
    stamps.close();
    received.close();
    block.close();
    socket.close();
  }
}
