package org.timeball.core.server;

import java.nio.ByteBuffer;

/**
 * One datagram as it arrived. Filled again for each by the thread that owns it, so that none of
 * them is an object.
 */
public final class Request {
  ByteBuffer packet;
  int at;
  int length;
  boolean truncated;
  long sourceHigh;
  long sourceLow;
  int sourcePort;
  long destinationHigh;
  long destinationLow;
  int destinationPort;
  boolean unicast;
  long receivedUnixNanos;
  long handledRawNanos;
  boolean groupWelcome;

  /**
   * Where the octets are; the reply will stand in the same place.
   *
   * @param packet big-endian
   * @param at offset of the first octet
   * @param length octets that arrived
   * @param truncated true when the datagram was longer than the room for it
   */
  public Request octets(ByteBuffer packet, int at, int length, boolean truncated) {
    this.packet = packet;
    this.at = at;
    this.length = length;
    this.truncated = truncated;
    return this;
  }

  /** Who sent it; the address as in {@link IpAddresses}. */
  public Request source(long high, long low, int port) {
    sourceHigh = high;
    sourceLow = low;
    sourcePort = port;
    return this;
  }

  /**
   * Whom it was sent to; the address as in {@link IpAddresses}.
   *
   * @param unicast false when the network says that it went to more than one host
   */
  public Request destination(long high, long low, int port, boolean unicast) {
    destinationHigh = high;
    destinationLow = low;
    destinationPort = port;
    this.unicast = unicast;
    return this;
  }

  /** When it arrived, on the served clock. */
  public Request receivedAt(long unixNanos) {
    receivedUnixNanos = unixNanos;
    return this;
  }

  /** When it is looked at, on a scale that only goes forward: for the pace of clients. */
  public Request handledAt(long rawNanos) {
    handledRawNanos = rawNanos;
    return this;
  }
}
