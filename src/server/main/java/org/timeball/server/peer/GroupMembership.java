package org.timeball.server.peer;

import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSocket;

/** Opens sockets that hear what is sent to many hosts, beside our listeners. */
@FunctionalInterface
public interface GroupMembership {
  /**
   * A socket that hears what is sent to this group, or to the broadcast address of a network.
   *
   * @throws NetException if there is no socket to be had
   */
  UdpSocket join(UdpGroup group) throws NetException;
}
