package org.timeball.platform.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.timeball.core.server.IpAddresses;

/**
 * The replies to some datagrams of a {@link ReceiveBatch}, in the same octets, sent by one call
 * back to where they came from and from the address that was asked. Belongs to one thread;
 * allocates nothing after its construction.
 */
public final class SendBatch implements AutoCloseable {
  /** fe80::/10, where an address means nothing without its interface. */
  private static final long LINK_LOCAL_PREFIX = 0xFE80L << 48;

  private static final long LINK_LOCAL_MASK = 0xFFC0L << 48;

  private final UdpSocket socket;
  private final ReceiveBatch received;
  private final NativeBlock block;
  private final MessageHeaders headers;
  private final int controlStart;
  private final int[] slots;
  private final int[] lengths;
  private final boolean ipv6;
  private final boolean nameSource;
  private final boolean fixedSource;
  private final long fixedHigh;
  private final long fixedLow;
  private int count;

  /** Replies to what {@code received} holds. */
  public SendBatch(UdpSocket socket, ReceiveBatch received) {
    this(socket, received, socket.wildcard(), false, 0, 0);
  }

  /**
   * Replies to what was sent to a group, which leave from an address of ours.
   *
   * @param from that address; a wildcard for the one of the route
   */
  public SendBatch(UdpSocket socket, ReceiveBatch received, InetAddress from) {
    this(
        socket,
        received,
        !from.isAnyLocalAddress(),
        true,
        from instanceof Inet6Address ? ByteBuffer.wrap(from.getAddress()).getLong(0) : 0,
        from instanceof Inet6Address
            ? ByteBuffer.wrap(from.getAddress()).getLong(Long.BYTES)
            : IpAddresses.mapped(ByteBuffer.wrap(from.getAddress()).getInt(0)));
  }

  private SendBatch(
      UdpSocket socket,
      ReceiveBatch received,
      boolean nameSource,
      boolean fixedSource,
      long fixedHigh,
      long fixedLow) {
    this.nameSource = nameSource;
    this.fixedSource = fixedSource;
    this.fixedHigh = fixedHigh;
    this.fixedLow = fixedLow;
    this.socket = socket;
    this.received = received;
    int capacity = received.capacity();
    ipv6 = socket.ipv6();
    controlStart = MessageHeaders.room(capacity);
    block = new NativeBlock(controlStart + capacity * ControlMessages.SEND_ROOM);
    headers = new MessageHeaders(block, capacity);
    slots = new int[capacity];
    lengths = new int[capacity];
  }

  /** Adds the reply of {@code length} octets to the datagram that was loaded last. */
  public void add(int slot, int length) {
    int k = count++;
    slots[k] = slot;
    lengths[k] = length;
    headers.name(k, received.nameAddress(slot), SocketAddresses.length(ipv6));
    headers.octets(k, received.octetsAddress(slot), length);
    headers.control(k, block.address(controlAt(k)), nameSource ? writeSource(k) : 0);
  }

  private int writeSource(int k) {
    ControlMessages asked = received.control();
    long high = fixedSource ? fixedHigh : asked.destinationHigh();
    boolean linkLocal = ipv6 && (high & LINK_LOCAL_MASK) == LINK_LOCAL_PREFIX;
    return ControlMessages.writeSource(
        block,
        controlAt(k),
        ipv6,
        high,
        fixedSource ? fixedLow : asked.destinationLow(),
        // Everywhere else the route decides, as it would for any other packet.
        linkLocal ? asked.interfaceIndex() : 0);
  }

  /** Asks the kernel for the time when reply {@code k} leaves; {@link TransmitStamps} gets it. */
  public void stampWanted(int k) {
    int length = headers.controlLength(k);
    headers.control(
        k,
        block.address(controlAt(k)),
        length + ControlMessages.writeStampWish(block, controlAt(k) + length));
  }

  /** How many replies were added since the last {@link #send}. */
  public int count() {
    return count;
  }

  /** Which datagram reply {@code k} answers. */
  public int slot(int k) {
    return slots[k];
  }

  /** Octets of reply {@code k}. */
  public int length(int k) {
    return lengths[k];
  }

  /**
   * Sends what was added, and starts anew.
   *
   * @return how many the kernel took; one that it refuses, for want of a route or by a firewall's
   *     rule, is left out and the next is tried
   */
  public int send() {
    int refused = 0;
    int done = 0;
    while (done < count) {
      int result =
          SocketCalls.sendmmsg(
              socket.descriptor(), block.address(MessageHeaders.offset(done)), count - done, 0);
      if (result > 0) {
        done += result;
      } else if (!Errno.EINTR.is(result)) {
        refused++;
        done++;
      }
    }
    count = 0;
    return done - refused;
  }

  private int controlAt(int k) {
    return controlStart + k * ControlMessages.SEND_ROOM;
  }

  @Override
  public void close() {
    block.close();
  }
}
