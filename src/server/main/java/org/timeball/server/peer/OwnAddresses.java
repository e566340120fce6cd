package org.timeball.server.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.timeball.core.Event;
import org.timeball.time.ReferenceId;

/** The addresses by which others reach this machine. */
public final class OwnAddresses {
  private OwnAddresses() {}

  /**
   * What servers name as their reference that follow us. Addresses of the loopback device are left
   * out: every machine has them, and they tell nobody apart.
   */
  public static Set<ReferenceId> referenceIds() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .map(InetAddress::getAddress)
        .map(ReferenceId::ofAddress)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Who we talk to, and who we are to others. */
  static Event.Resolved resolved(String source, InetSocketAddress address, InetSocketAddress local)
      throws SocketException {
    ReferenceId known = ReferenceId.ofAddress(local.getAddress().getAddress());
    Set<ReferenceId> ours = new HashSet<>(referenceIds());
    ours.add(known);
    return new Event.Resolved(
        source,
        address.getAddress().getHostAddress() + " port " + address.getPort(),
        ReferenceId.ofAddress(address.getAddress().getAddress()),
        known,
        ours);
  }
}
