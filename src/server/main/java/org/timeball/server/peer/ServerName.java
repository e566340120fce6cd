package org.timeball.server.peer;

import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where a server is: an address, or a name that stands for one or more. Belongs to one thread,
 * which may have to wait for the name service.
 */
final class ServerName {
  private static final Logger LOG = System.getLogger(ServerName.class.getName());

  private final NameService names;
  private final String host;
  private final int port;
  private Optional<InetSocketAddress> current = Optional.empty();

  ServerName(NameService names, String host, int port) {
    this.names = names;
    this.host = host;
    this.port = port;
  }

  /**
   * The address in use; the name is looked up if there is none.
   *
   * @throws UnknownHostException if the name service knows none; the name is its message
   */
  InetSocketAddress address() throws UnknownHostException {
    if (current.isEmpty()) {
      current = Optional.of(new InetSocketAddress(first(), port));
    }
    return current.get();
  }

  private InetAddress first() throws UnknownHostException {
    try {
      return names.addresses(host).getFirst();
    } catch (UnknownHostException e) {
      UnknownHostException named = new UnknownHostException(host);
      named.initCause(e);
      throw named;
    }
  }

  /**
   * The address in use does not answer: looks the name up again and takes the next of its
   * addresses, if there is another.
   */
  void tryAnother() {
    if (current.isEmpty()) {
      return;
    }
    try {
      List<InetAddress> all = names.addresses(host);
      int next = all.indexOf(current.get().getAddress()) + 1;
      current = Optional.of(new InetSocketAddress(all.get(next % all.size()), port));
    } catch (UnknownHostException e) {
      LOG.log(Logger.Level.DEBUG, "{0} stays where it is: the name service is away too", host);
    }
  }
}
