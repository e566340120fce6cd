package org.timeball.platform.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Many hosts that are reached by one address.
 *
 * @param address of a multicast group, or the broadcast address of a network; and the port
 * @param device the network device by which packets leave or come; empty for that of the route
 *     there
 * @param hops over how many networks a packet to a multicast group is carried, 1 to 255; 1 is for
 *     this one alone
 */
public record UdpGroup(InetSocketAddress address, Optional<String> device, int hops) {
  public UdpGroup {
    if (hops < 1 || hops > 255) {
      throw new IllegalArgumentException("hops " + hops + " is outside 1 to 255");
    }
  }
}
