package org.timeball.sim.world;

/** One machine of a world. */
public interface Node {
  /** When to {@link #wake} it, on its raw scale; {@link Long#MAX_VALUE} for never. */
  long nextWakeRawNanos();

  /** The moment has come. */
  void wake();

  /** A datagram arrived now. */
  void receive(Datagram datagram);

  /** A true second begins; a pulse line would tell. */
  default void second() {}
}
