package org.timeball.server.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Knows what names stand for; may take long. Safe for several threads. */
@FunctionalInterface
public interface NameService {
  /** The machine's own: {@code /etc/hosts} and DNS, as {@code /etc/nsswitch.conf} says. */
  NameService OF_MACHINE = name -> List.of(InetAddress.getAllByName(name));

  /**
   * Every address of a name, the preferred ones first. An address stands for itself.
   *
   * @return at least one
   * @throws UnknownHostException if there is none, or nobody who knows can be asked
   */
  List<InetAddress> addresses(String name) throws UnknownHostException;
}
