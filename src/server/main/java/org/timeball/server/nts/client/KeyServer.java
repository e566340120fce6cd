package org.timeball.server.nts.client;

import java.nio.file.Path;
import java.util.Optional;
import org.timeball.core.source.UpstreamSettings;

/**
 * Where keys are fetched.
 *
 * @param host name or address, as the certificate must have it
 * @param port TCP port
 * @param authorities PEM file of the authorities that are believed; those of the system if empty
 * @param ntpPort UDP port that is asked for the time if the server names none
 * @param address the one of a pool's servers that is meant; empty if the name says it
 */
public record KeyServer(
    String host, int port, Optional<Path> authorities, int ntpPort, Optional<String> address) {
  /** The port of NTS key establishment (RFC 8915, section 7.1). */
  public static final int USUAL_PORT = 4460;

  /** Reached at whatever address the name service knows. */
  public KeyServer(String host, int port, Optional<Path> authorities, int ntpPort) {
    this(host, port, authorities, ntpPort, Optional.empty());
  }

  /** One of those that the name stands for. */
  KeyServer at(String one) {
    return new KeyServer(host, port, authorities, ntpPort, Optional.of(one));
  }

  @Override
  public String toString() {
    String server = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return address.map(one -> UpstreamSettings.keyServerAt(server, one)).orElse(server);
  }
}
