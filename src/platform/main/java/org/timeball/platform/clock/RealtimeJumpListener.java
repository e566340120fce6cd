package org.timeball.platform.clock;

/** Is told that somebody else set CLOCK_REALTIME. */
@FunctionalInterface
public interface RealtimeJumpListener {
  /**
   * CLOCK_REALTIME moved against the raw scale. Called on the thread that noticed; returns at once.
   *
   * @param stepNanos by how much
   */
  void realtimeJumped(long stepNanos);
}
