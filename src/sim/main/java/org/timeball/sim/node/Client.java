package org.timeball.sim.node;

import org.timeball.sim.world.Node;

/** A node whose clock is steered and judged. */
public interface Client extends Node {
  /** Requests sent. */
  long requests();

  /** How often the clock was stepped. */
  int steps();
}
