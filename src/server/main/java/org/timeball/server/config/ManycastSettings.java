package org.timeball.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.timeball.platform.net.UdpGroup;

/**
 * A table {@code [[manycast]]}: a multicast group by which clients search for servers.
 *
 * @param name its id in status and logs
 * @param group where searches arrive; its port is that of the listener
 * @param listener by whose access list, keys, address and port it answers
 * @param authenticate whether searches without a code are dropped
 */
public record ManycastSettings(
    String name, UdpGroup group, ListenSettings listener, boolean authenticate) {
  private static final Key<String> NAME = Key.of("name", Values.name());
  private static final Key<InetAddress> ADDRESS = Key.of("address", Values.address());
  private static final Key<String> LISTENER = Key.of("listener", Values.name());
  private static final Key<String> DEVICE = Key.of("device", Values.networkDevice());
  private static final Key<Boolean> AUTHENTICATE = Key.of("authenticate", true, Values.flag());

  static final List<Key<?>> KEYS = List.of(NAME, ADDRESS, LISTENER, DEVICE, AUTHENTICATE);

  /**
   * Reads all of them.
   *
   * @param names those of sources too: all are told apart by them
   */
  static List<ManycastSettings> readAll(
      List<Table> tables, UniqueNames names, KeySettings keys, List<ListenSettings> listeners) {
    List<ManycastSettings> all = new ArrayList<>();
    for (Table table : tables) {
      table.refuseAllBut(KEYS);
      String name = names.read(table, NAME);
      InetAddress address = table.require(ADDRESS).orElse(InetAddress.ofLiteral("224.0.1.1"));
      refuseNoGroup(table, ADDRESS, address);
      BroadcastSettings.refuseUnknownLink(table, address);
      Optional<String> wanted = table.find(LISTENER);
      ListenSettings.refuseUnfit(table, LISTENER, wanted, listeners);
      Optional<ListenSettings> listener =
          listeners.stream()
              .filter(l -> wanted.isEmpty() || l.name().equals(wanted.get()))
              .findFirst();
      if (table.get(AUTHENTICATE) && keys.keys().isEmpty()) {
        table.problem(
            "without a table [keys] no search could be told from a forged one;"
                + " add one, or write 'authenticate = false'");
      }
      listener.ifPresent(l -> {
        if (l.nts() == NtsUse.REQUIRED) {
          table.problem(
              LISTENER.name(),
              "listener '%s' answers with Network Time Security alone, which a search cannot have"
                  .formatted(l.name()));
        }
        all.add(
            new ManycastSettings(
                name,
                new UdpGroup(
                    new InetSocketAddress(address, l.port()), table.find(DEVICE).or(l::device), 1),
                l,
                table.get(AUTHENTICATE)));
      });
    }
    return List.copyOf(all);
  }

  static void refuseNoGroup(Table table, Key<InetAddress> key, InetAddress address) {
    if (!address.isMulticastAddress()) {
      table.problem(
          key.name(),
          "address: %s is no multicast group, such as 224.0.1.1 or ff05::101"
              .formatted(address.getHostAddress()));
    }
  }
}
