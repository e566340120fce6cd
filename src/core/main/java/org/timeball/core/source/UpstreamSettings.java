package org.timeball.core.source;

import org.timeball.core.select.Standing;

/**
 * A server on the network as a source.
 *
 * @param floorUnixNanos no time before this can be true
 */
public record UpstreamSettings(
    AssociationSettings association, Standing standing, long floorUnixNanos) {
  /** Its id in the configuration. */
  public String name() {
    return association.name();
  }
}
