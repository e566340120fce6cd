package org.timeball.server.peer;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpSocket;

/** Opens sockets at the ports where peers expect us, which are those of our listeners. */
@FunctionalInterface
public interface PeerSockets {
  /**
   * A socket that hears this peer alone, at the address and port of a listener.
   *
   * @param listener its id in the configuration; empty for the first one that speaks the peer's
   *     family of addresses
   * @throws NetException if there is no such listener, or no socket to be had
   */
  UdpSocket towards(Optional<String> listener, InetSocketAddress peer) throws NetException;
}
