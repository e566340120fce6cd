package org.timeball.platform.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.timeball.core.server.Request;

/**
 * Room for some datagrams, filled by one call. Belongs to one thread; allocates nothing after its
 * construction.
 */
public final class ReceiveBatch implements AutoCloseable {
  /**
   * Octets for one datagram: an Ethernet frame's worth, which no request exceeds. An odd number of
   * cache lines, so that neighbours do not compete for the same cache sets.
   */
  private static final int DATAGRAM_ROOM = 25 * 64;

  private final UdpSocket socket;
  private final int capacity;
  private final NativeBlock block;
  private final MessageHeaders headers;
  private final ControlMessages control = new ControlMessages();
  private final int namesStart;
  private final int controlStart;
  private final int octetsStart;
  private final boolean ipv6;
  private final int localPort;
  private int used;

  /** Room for {@code capacity} datagrams of {@code socket}. */
  public ReceiveBatch(UdpSocket socket, int capacity) {
    this.socket = socket;
    this.capacity = capacity;
    ipv6 = socket.ipv6();
    localPort = socket.local().getPort();
    namesStart = MessageHeaders.room(capacity);
    controlStart = namesStart + capacity * SocketAddresses.ROOM;
    octetsStart = controlStart + capacity * ControlMessages.RECEIVE_ROOM;
    block = new NativeBlock(octetsStart + capacity * DATAGRAM_ROOM);
    headers = new MessageHeaders(block, capacity);
    used = capacity;
    for (int i = 0; i < capacity; i++) {
      headers.octets(i, octetsAddress(i), DATAGRAM_ROOM);
    }
    refill();
  }

  /** Sets back what the kernel shortened. */
  private void refill() {
    for (int i = 0; i < used; i++) {
      headers.name(i, nameAddress(i), SocketAddresses.ROOM);
      headers.control(i, block.address(controlAt(i)), ControlMessages.RECEIVE_ROOM);
    }
    used = 0;
  }

  /**
   * Waits for a datagram and takes what else is there, at most {@code limit}.
   *
   * @param limit 1 to the capacity
   * @return how many came; 0 when the wait was interrupted or the socket no longer receives
   * @throws NetException if the kernel refuses
   */
  public int receive(int limit) throws NetException {
    return receive(limit, Linux.MSG_WAITFORONE);
  }

  /**
   * Takes what is there, without waiting.
   *
   * @return how many came
   * @throws NetException if the kernel refuses, or tells that an earlier datagram was refused
   */
  int take() throws NetException {
    return receive(capacity, Linux.MSG_DONTWAIT);
  }

  private int receive(int limit, int flags) throws NetException {
    refill();
    int result =
        SocketCalls.recvmmsg(
            socket.descriptor(), block.address(0), Math.min(limit, capacity), flags);
    if (result < 0) {
      if (Errno.EINTR.is(result) || Errno.EAGAIN.is(result)) {
        return 0;
      }
      throw socket.failure(result);
    }
    used = result;
    // A socket that no longer receives hands out one datagram of no octets from nobody.
    return result == 1 && headers.nameLength(0) == 0 ? 0 : result;
  }

  /**
   * Says what datagram {@code i} of the last receive is, except when it came: see {@link
   * #stampRealtimeNanos}.
   */
  public void load(int i, Request request) {
    ByteBuffer octets = block.octets();
    int name = nameAt(i);
    control.read(block, controlAt(i), headers.controlLength(i));
    request
        .octets(octets, octetsAt(i), length(i), (headers.flags(i) & Linux.MSG_TRUNC) != 0)
        .source(
            SocketAddresses.high(octets, name, ipv6),
            SocketAddresses.low(octets, name, ipv6),
            SocketAddresses.port(octets, name))
        .destination(
            control.destinationHigh(), control.destinationLow(), localPort, control.unicast());
  }

  /**
   * The kernel's CLOCK_REALTIME when the datagram of the last {@link #load} came in, or 0 when the
   * kernel did not stamp it.
   */
  public long stampRealtimeNanos() {
    return control.stampRealtimeNanos();
  }

  /** Who sent datagram {@code i}; allocates. */
  InetSocketAddress source(int i) {
    return SocketAddresses.read(block, nameAt(i));
  }

  /** The octets of all datagrams, big-endian. */
  public ByteBuffer octets() {
    return block.octets();
  }

  /** Offset of the octets of datagram {@code i} in {@link #octets}. */
  public int octetsAt(int i) {
    return octetsStart + i * DATAGRAM_ROOM;
  }

  /** Octets of datagram {@code i}. */
  int length(int i) {
    return headers.datagramLength(i);
  }

  /** How many datagrams there is room for. */
  public int capacity() {
    return capacity;
  }

  /** What the kernel said about the datagram of the last {@link #load}. */
  ControlMessages control() {
    return control;
  }

  long octetsAddress(int i) {
    return block.address(octetsAt(i));
  }

  long nameAddress(int i) {
    return block.address(nameAt(i));
  }

  private int nameAt(int i) {
    return namesStart + i * SocketAddresses.ROOM;
  }

  private int controlAt(int i) {
    return controlStart + i * ControlMessages.RECEIVE_ROOM;
  }

  @Override
  public void close() {
    block.close();
  }
}
