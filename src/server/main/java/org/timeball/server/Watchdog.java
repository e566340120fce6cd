package org.timeball.server;

import org.timeball.platform.service.ServiceManager;

/**
 * Tells the service manager that the brain is well, as often as it wants to hear it and no more.
 * Belongs to the brain's thread: one that is stuck says nothing, and the manager starts it anew.
 */
final class Watchdog {
  private final ServiceManager manager;
  private long nextRawNanos = Long.MIN_VALUE;

  Watchdog(ServiceManager manager) {
    this.manager = manager;
  }

  /** The brain has finished a turn. */
  void turned(long nowRawNanos) {
    if (manager.aliveIntervalNanos().isPresent() && nowRawNanos >= nextRawNanos) {
      manager.alive();
      nextRawNanos = nowRawNanos + manager.aliveIntervalNanos().getAsLong();
    }
  }
}
