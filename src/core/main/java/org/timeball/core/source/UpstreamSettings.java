package org.timeball.core.source;

import org.timeball.core.select.Standing;

/**
 * A server on the network as a source, or a pool of them by one name.
 *
 * @param floorUnixNanos no time before this can be true
 * @param poolSize how many servers of a pool are asked; 0 for one server that is no pool
 * @param kind how packets are exchanged with it
 */
public record UpstreamSettings(
    AssociationSettings association,
    Standing standing,
    long floorUnixNanos,
    int poolSize,
    Kind kind) {
  /** How packets are exchanged. */
  public enum Kind {
    /** It is asked and answers: modes 3 and 4. */
    SERVER,
    /** Each side asks the other: modes 1 and 2. */
    PEER
  }

  /** Servers that are asked. */
  public UpstreamSettings(
      AssociationSettings association, Standing standing, long floorUnixNanos, int poolSize) {
    this(association, standing, floorUnixNanos, poolSize, Kind.SERVER);
  }

  /** One server. */
  public UpstreamSettings(AssociationSettings association, Standing standing, long floorUnixNanos) {
    this(association, standing, floorUnixNanos, 0);
  }

  /** Its id in the configuration. */
  public String name() {
    return association.name();
  }

  /** Whether it is a pool. */
  public boolean isPool() {
    return poolSize > 0;
  }

  /** A server of this pool. */
  UpstreamSettings memberNamed(String name) {
    return new UpstreamSettings(association.named(name), standing, floorUnixNanos);
  }
}
