package org.timeball.core.source;

import org.timeball.core.select.Standing;

/**
 * A server on the network as a source, or a pool of them by one name.
 *
 * @param floorUnixNanos no time before this can be true
 * @param poolSize how many servers of a pool are asked; 0 for one server that is no pool
 */
public record UpstreamSettings(
    AssociationSettings association, Standing standing, long floorUnixNanos, int poolSize) {
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
