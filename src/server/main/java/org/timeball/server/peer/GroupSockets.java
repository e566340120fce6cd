package org.timeball.server.peer;

import java.util.Optional;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSocket;

/** Opens sockets to many hosts, at the ports of our listeners, where those hosts may ask back. */
@FunctionalInterface
public interface GroupSockets {
  /**
   * A socket that sends to this group from the address and port of a listener.
   *
   * @param listener its id in the configuration; empty for the first one that speaks the group's
   *     family of addresses
   * @throws NetException if there is no such listener, or no socket to be had
   */
  UdpSocket towards(Optional<String> listener, UdpGroup group) throws NetException;
}
