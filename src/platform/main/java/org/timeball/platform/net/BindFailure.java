package org.timeball.platform.net;

import java.util.List;
import java.util.stream.Collectors;
import org.timeball.platform.process.ProcessName;
import org.timeball.platform.process.UdpPorts;

/** What an operator can do when an address cannot be bound. */
final class BindFailure {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private BindFailure() {}

  /** One or two sentences behind the error's own words; empty when there is nothing to add. */
  static String advice(int result, int port, UdpPorts ports) {
    if (Errno.EACCES.is(result) && port < FIRST_UNPRIVILEGED_PORT) {
      return ". Ports below 1024 need the capability CAP_NET_BIND_SERVICE: in the systemd unit,"
          + " AmbientCapabilities=CAP_NET_BIND_SERVICE; by hand, run as root or take a port above"
          + " 1023.";
    }
    if (Errno.EADDRINUSE.is(result)) {
      return holders(ports.holdersOf(port), port)
          + " Stop what listens there, or choose another address or port.";
    }
    if (Errno.EADDRNOTAVAIL.is(result)) {
      return ". 'ip address' lists the addresses of this machine; an address that comes later can"
          + " be had later.";
    }
    return "";
  }

  private static String holders(List<ProcessName> holders, int port) {
    if (holders.isEmpty()) {
      return ". Who has it shows 'ss -lunp sport = :" + port + "', as root.";
    }
    return ". It is taken by "
        + holders.stream().map(ProcessName::toString).collect(Collectors.joining(" and "))
        + ".";
  }
}
