package org.timeball.server.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.timeball.core.source.AssociationSettings;
import org.timeball.platform.net.UdpGroup;

/**
 * A table {@code [[broadcast]]}: a network to which time is sent unasked.
 *
 * @param name its id in status and logs
 * @param group where it is sent
 * @param listener whose address and port it is sent from; empty for the first that speaks the
 *     group's family of addresses
 * @param pollExponent log2 of the interval in seconds
 * @param version of NTP
 * @param keyId identifier of the key that packets are sealed with; 0 for none
 * @param interleaved whether each packet tells when the one before left (RFC 9769)
 */
public record BroadcastSettings(
    String name,
    UdpGroup group,
    Optional<String> listener,
    int pollExponent,
    int version,
    int keyId,
    boolean interleaved) {
  private static final Key<String> NAME = Key.of("name", Values.name());
  private static final Key<InetAddress> ADDRESS = Key.of("address", Values.address());
  private static final Key<Integer> PORT =
      Key.of("port", ListenSettings.NTP_PORT, Values.integer(1, 65_535, "the range of UDP ports"));
  private static final Key<String> LISTENER = Key.of("listener", Values.name());
  private static final Key<String> DEVICE = Key.of("device", Values.networkDevice());
  private static final Key<Integer> TTL =
      Key.of("ttl", 1, Values.integer(1, 255, "the field of the IP header has 8 bits"));
  private static final Key<Integer> POLL =
      Key.of(
          "poll",
          AssociationSettings.USUAL_MINIMUM_POLL,
          Values.integer(0, AssociationSettings.LONGEST_POLL, "the exponents of 1 s to 36 h"));
  private static final Key<Integer> VERSION =
      Key.of(
          "version",
          AssociationSettings.USUAL_VERSION,
          Values.integer(1, AssociationSettings.USUAL_VERSION, "the versions there are"));
  private static final Key<Integer> KEY = Key.of("key", 0, KeySettings.identifier());
  private static final Key<Boolean> INTERLEAVED = Key.of("interleaved", false, Values.flag());

  static final List<Key<?>> KEYS =
      List.of(NAME, ADDRESS, PORT, LISTENER, DEVICE, TTL, POLL, VERSION, KEY, INTERLEAVED);

  /** Address and port, for people. */
  public String destination() {
    return group.address().getAddress().getHostAddress() + " port " + group.address().getPort();
  }

  /**
   * Reads all of them.
   *
   * @param names those of sources too: all are told apart by them
   */
  static List<BroadcastSettings> readAll(
      List<Table> tables, UniqueNames names, KeySettings keys, List<ListenSettings> listeners) {
    List<BroadcastSettings> all = new ArrayList<>();
    for (Table table : tables) {
      table.refuseAllBut(KEYS);
      String name = names.read(table, NAME);
      InetAddress address = table.require(ADDRESS).orElse(InetAddress.getLoopbackAddress());
      Optional<String> listener = table.find(LISTENER);
      ListenSettings.refuseUnfit(table, LISTENER, listener, listeners);
      refuseOneHost(table, address);
      refuseUnknownLink(table, address);
      all.add(
          new BroadcastSettings(
              name,
              new UdpGroup(
                  new InetSocketAddress(address, table.get(PORT)),
                  table.find(DEVICE),
                  table.get(TTL)),
              listener,
              table.get(POLL),
              table.get(VERSION),
              keys.identifierIn(table, KEY),
              table.get(INTERLEAVED)));
    }
    return List.copyOf(all);
  }

  /** Which IPv4 addresses are those of whole networks nobody can tell from the address alone. */
  static void refuseOneHost(Table table, InetAddress address) {
    boolean oneHost =
        address.isAnyLocalAddress()
            || (address instanceof Inet6Address && !address.isMulticastAddress());
    if (oneHost) {
      table.problem(
          ADDRESS.name(),
          "address: %s is one host; time is sent to an IPv4 broadcast address such as 192.0.2.255,"
                  .formatted(address.getHostAddress())
              + " or to a multicast group such as 224.0.1.1 or ff05::101");
    }
  }

  static void refuseUnknownLink(Table table, InetAddress address) {
    boolean link =
        address instanceof Inet6Address six
            && (six.isMCLinkLocal() || six.isMCNodeLocal())
            && !table.has(DEVICE.name());
    if (link) {
      table.problem(
          ADDRESS.name(),
          "address: %s means another group on each network; name one by the key 'device'"
              .formatted(address.getHostAddress()));
    }
  }
}
