package org.timeball.server.nts.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where keys are fetched.
 *
 * @param host name or address, as the certificate must have it
 * @param port TCP port
 * @param authorities PEM file of the authorities that are believed; those of the system if empty
 * @param ntpPort UDP port that is asked for the time if the server names none
 */
public record KeyServer(String host, int port, Optional<Path> authorities, int ntpPort) {
  /** The port of NTS key establishment (RFC 8915, section 7.1). */
  public static final int USUAL_PORT = 4460;

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
