package org.timeball.core.source;

import java.util.Optional;
import java.util.Set;
import org.timeball.core.select.Standing;

/**
 * A server on the network as a source, or a pool of them by one name.
 *
 * @param floorUnixNanos no time before this can be true
 * @param poolSize how many servers of a pool are asked, or of a network followed; 0 for one server
 *     that is neither
 * @param kind how packets are exchanged with it
 * @param keyServer where keys of Network Time Security are fetched, as host and port; empty if the
 *     server is asked without it
 * @param senders addresses of the servers that are followed on a network; empty for any
 */
public record UpstreamSettings(
    AssociationSettings association,
    Standing standing,
    long floorUnixNanos,
    int poolSize,
    Kind kind,
    Optional<String> keyServer,
    Set<String> senders) {
  public UpstreamSettings {
    senders = Set.copyOf(senders);
  }

  /** How packets are exchanged. */
  public enum Kind {
    /** It is asked and answers: modes 3 and 4. */
    SERVER,
    /** Each side asks the other: modes 1 and 2. */
    PEER,
    /** It sends unasked, and is asked only to learn how far away it is: mode 5. */
    BROADCAST,
    /** Searched for by a request to a multicast group, and then asked as any server. */
    MANYCAST
  }

  /** Not a network: packets come from one server alone, or from those that a pool stands for. */
  public UpstreamSettings(
      AssociationSettings association,
      Standing standing,
      long floorUnixNanos,
      int poolSize,
      Kind kind,
      Optional<String> keyServer) {
    this(association, standing, floorUnixNanos, poolSize, kind, keyServer, Set.of());
  }

  /** Servers that are asked, without Network Time Security. */
  public UpstreamSettings(
      AssociationSettings association, Standing standing, long floorUnixNanos, int poolSize) {
    this(association, standing, floorUnixNanos, poolSize, Kind.SERVER, Optional.empty(), Set.of());
  }

  /** One server, asked without Network Time Security. */
  public UpstreamSettings(AssociationSettings association, Standing standing, long floorUnixNanos) {
    this(association, standing, floorUnixNanos, 0);
  }

  /** Its id in the configuration. */
  public String name() {
    return association.name();
  }

  /** Whether it is a pool, be it of a name or of whoever answers a search. */
  public boolean isPool() {
    return poolSize > 0 && (kind == Kind.SERVER || kind == Kind.MANYCAST);
  }

  /** A server of this pool, at an address. */
  UpstreamSettings memberNamed(String name, String address) {
    return new UpstreamSettings(
        association.named(name),
        standing,
        floorUnixNanos,
        0,
        Kind.SERVER,
        keyServer.map(server -> keyServerAt(server, address)));
  }

  /**
   * What {@link #keyServer} is of one of a pool's servers.
   *
   * @param server the pool's name and port
   * @param address where it is reached
   */
  public static String keyServerAt(String server, String address) {
    return server + " at " + address;
  }

  /** Whether it is a network on which servers send unasked. */
  public boolean isNetwork() {
    return poolSize > 0 && kind == Kind.BROADCAST;
  }

  /** A server of this network. */
  UpstreamSettings senderNamed(String name) {
    return new UpstreamSettings(
        association.named(name), standing, floorUnixNanos, 0, kind, Optional.empty());
  }
}
