package org.timeball.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.timeball.platform.net.UdpGroup;

/**
 * What a source that is a network of servers which send unasked, or a group in which servers are
 * searched, has beside what all have.
 *
 * @param group where they send
 * @param senders addresses of the servers that are followed, as numbers; empty for any
 */
public record NetworkSettings(UdpGroup group, Set<String> senders) {
  private static final Key<InetAddress> GROUP = Key.of("address", Values.address());
  static final Key<String> DEVICE = Key.of("device", Values.networkDevice());
  static final Key<List<InetAddress>> SERVER = Key.of("server", Values.oneOrMore(Values.address()));
  private static final Key<Integer> TTL =
      Key.of("ttl", 1, Values.integer(1, 255, "the field of the IP header has 8 bits"));
  static final Key<Boolean> AUTHENTICATE = Key.of("authenticate", true, Values.flag());

  static final List<Key<?>> KEYS = List.of(DEVICE, SERVER, AUTHENTICATE, TTL);

  /**
   * Reads the keys of a source.
   *
   * @param network whether it is one of this kind
   * @param searched whether servers are searched there by requests to a group
   * @param hasKey whether it names a symmetric key
   */
  static Optional<NetworkSettings> read(
      Table table, boolean network, boolean searched, int port, boolean hasKey) {
    if (!network) {
      for (Key<?> idle : KEYS) {
        if (table.has(idle.name())) {
          table.problem(
              idle.name(),
              "%s is for a source of type \"broadcast\" or \"manycast\"".formatted(idle.name()));
        }
      }
      return Optional.empty();
    }
    if (table.get(AUTHENTICATE) && !hasKey) {
      table.problem(
          "without the key 'key' anybody on the network could give time here; name one,"
              + " or write 'authenticate = false'");
    }
    if (table.get(NtsSourceSettings.NTS)) {
      table.problem(
          NtsSourceSettings.NTS.name(),
          "Network Time Security is for servers that are asked; what is sent to all has a key");
    }
    InetAddress address = table.find(GROUP).orElse(InetAddress.getLoopbackAddress());
    if (searched) {
      ManycastSettings.refuseNoGroup(table, GROUP, address);
    } else {
      BroadcastSettings.refuseOneHost(table, address);
      if (table.has(TTL.name())) {
        table.problem(TTL.name(), "ttl is for a source of type \"manycast\"; here nothing is sent");
      }
    }
    BroadcastSettings.refuseUnknownLink(table, address);
    Set<String> senders =
        table.find(SERVER).orElse(List.of()).stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toUnmodifiableSet());
    return Optional.of(
        new NetworkSettings(
            new UdpGroup(new InetSocketAddress(address, port), table.find(DEVICE), table.get(TTL)),
            senders));
  }
}
