package org.timeball.platform.net;

import java.nio.ByteBuffer;
import org.timeball.core.server.IpAddresses;

/**
 * Reads and writes {@code struct cmsghdr} chains in place: the kernel's stamp and the address that
 * was asked. Filled again for each datagram by the thread that owns it.
 */
final class ControlMessages {
  /** Room for what a receive brings: a stamp of 64 octets, an address of 40. */
  static final int RECEIVE_ROOM = 128;

  /** Room for what a send takes: an address of up to 40 octets and a wish for a stamp of 24. */
  static final int SEND_ROOM = 64;

  private static final int HEADER_LENGTH = 16;
  private static final int LEVEL = 8;
  private static final int TYPE = 12;

  // struct in_pktinfo: interface, our address on it, address in the IP header.
  private static final int IN_PKTINFO_LENGTH = 12;
  private static final int IN_PKTINFO_LOCAL = 4;
  private static final int IN_PKTINFO_HEADER = 8;

  // struct in6_pktinfo: address, interface.
  private static final int IN6_PKTINFO_LENGTH = 20;
  private static final int IN6_PKTINFO_INTERFACE = 16;

  // struct sock_extended_err: among others where it came from, and the number of the datagram.
  private static final int EXTENDED_ERROR_LENGTH = 16;
  private static final int EXTENDED_ERROR_ORIGIN = 4;
  private static final int EXTENDED_ERROR_DATA = 12;
  private static final int SO_EE_ORIGIN_TIMESTAMPING = 4;

  private long stampRealtimeNanos;
  private long destinationHigh;
  private long destinationLow;
  private boolean unicast;
  private int interfaceIndex;
  private long stampedDatagram;

  /** Reads a chain of {@code length} octets at {@code at}; what it lacks reads as 0. */
  void read(NativeBlock block, int at, int length) {
    stampRealtimeNanos = 0;
    destinationHigh = 0;
    destinationLow = 0;
    unicast = true;
    interfaceIndex = 0;
    stampedDatagram = -1;
    ByteBuffer structures = block.structures();
    int end = at + length;
    while (at + HEADER_LENGTH <= end) {
      long messageLength = structures.getLong(at);
      if (messageLength < HEADER_LENGTH || messageLength > end - at) {
        return;
      }
      readOne(block, at, (int) messageLength - HEADER_LENGTH);
      at += align((int) messageLength);
    }
  }

  private void readOne(NativeBlock block, int at, int bodyLength) {
    int level = block.structures().getInt(at + LEVEL);
    int type = block.structures().getInt(at + TYPE);
    int body = at + HEADER_LENGTH;
    if (level == Linux.SOL_SOCKET && type == Linux.SO_TIMESTAMPING && bodyLength >= 16) {
      // struct scm_timestamping: three timespecs, of which the first is the software stamp.
      stampRealtimeNanos =
          block.structures().getLong(body) * 1_000_000_000L + block.structures().getLong(body + 8);
    } else if (level == Linux.IPPROTO_IP
        && type == Linux.IP_PKTINFO
        && bodyLength >= IN_PKTINFO_LENGTH) {
      int header = block.octets().getInt(body + IN_PKTINFO_HEADER);
      interfaceIndex = block.structures().getInt(body);
      destinationLow = IpAddresses.mapped(header);
      // The kernel names its own address here when the one in the header is a broadcast address.
      unicast = header == block.octets().getInt(body + IN_PKTINFO_LOCAL);
    } else if (level == Linux.IPPROTO_IPV6
        && type == Linux.IPV6_PKTINFO
        && bodyLength >= IN6_PKTINFO_LENGTH) {
      destinationHigh = block.octets().getLong(body);
      destinationLow = block.octets().getLong(body + 8);
      interfaceIndex = block.structures().getInt(body + IN6_PKTINFO_INTERFACE);
    } else if (((level == Linux.IPPROTO_IP && type == Linux.IP_RECVERR)
            || (level == Linux.IPPROTO_IPV6 && type == Linux.IPV6_RECVERR))
        && bodyLength >= EXTENDED_ERROR_LENGTH
        && block.octets().get(body + EXTENDED_ERROR_ORIGIN) == SO_EE_ORIGIN_TIMESTAMPING) {
      stampedDatagram =
          Integer.toUnsignedLong(block.structures().getInt(body + EXTENDED_ERROR_DATA));
    }
  }

  /**
   * Writes from which address a datagram shall leave.
   *
   * @return octets written
   */
  static int writeSource(
      NativeBlock block, int at, boolean ipv6, long high, long low, int interfaceIndex) {
    int body = at + HEADER_LENGTH;
    if (ipv6) {
      writeHeader(block, at, Linux.IPPROTO_IPV6, Linux.IPV6_PKTINFO, IN6_PKTINFO_LENGTH);
      block.octets().putLong(body, high).putLong(body + 8, low);
      block.structures().putInt(body + IN6_PKTINFO_INTERFACE, interfaceIndex);
      return align(HEADER_LENGTH + IN6_PKTINFO_LENGTH);
    }
    writeHeader(block, at, Linux.IPPROTO_IP, Linux.IP_PKTINFO, IN_PKTINFO_LENGTH);
    block.structures().putInt(body, interfaceIndex);
    block.octets().putInt(body + IN_PKTINFO_LOCAL, (int) low).putInt(body + IN_PKTINFO_HEADER, 0);
    return align(HEADER_LENGTH + IN_PKTINFO_LENGTH);
  }

  /**
   * Writes that the kernel shall stamp this datagram when it leaves.
   *
   * @return octets written
   */
  static int writeStampWish(NativeBlock block, int at) {
    writeHeader(block, at, Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING, Integer.BYTES);
    block.structures().putInt(at + HEADER_LENGTH, Linux.SOF_TIMESTAMPING_TX_SOFTWARE);
    return align(HEADER_LENGTH + Integer.BYTES);
  }

  private static void writeHeader(NativeBlock block, int at, int level, int type, int bodyLength) {
    block
        .structures()
        .putLong(at, HEADER_LENGTH + bodyLength)
        .putInt(at + LEVEL, level)
        .putInt(at + TYPE, type);
  }

  private static int align(int length) {
    return (length + 7) & ~7;
  }

  /** The kernel's CLOCK_REALTIME when the datagram passed, or 0 when it was not stamped. */
  long stampRealtimeNanos() {
    return stampRealtimeNanos;
  }

  /** Upper half of the address that was asked, as in {@link IpAddresses}. */
  long destinationHigh() {
    return destinationHigh;
  }

  /** Lower half of the address that was asked; 0 with an upper half of 0 when unknown. */
  long destinationLow() {
    return destinationLow;
  }

  /** False when the datagram was sent to a broadcast address. */
  boolean unicast() {
    return unicast;
  }

  /** The interface it came in by. */
  int interfaceIndex() {
    return interfaceIndex;
  }

  /** Of a departure stamp, the running number of the datagram that it is for; otherwise -1. */
  long stampedDatagram() {
    return stampedDatagram;
  }
}
