package org.timeball.server.nts;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where things are.
 *
 * @param certificate PEM file
 * @param privateKey PEM file
 * @param cookieKeys file of the keys of cookies; made if it is not there
 * @param addresses TCP addresses where keys are given out, at least one
 * @param ntpServer whom clients are told to ask for the time, if not this server
 * @param ntpPort the UDP port that they are told, 1 to 65535
 */
public record NtsPlaces(
    Path certificate,
    Path privateKey,
    Path cookieKeys,
    List<InetSocketAddress> addresses,
    Optional<String> ntpServer,
    int ntpPort) {
  public NtsPlaces {
    addresses = List.copyOf(addresses);
  }
}
