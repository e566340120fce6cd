package org.timeball.core.source;

import java.util.Optional;
import org.timeball.core.select.Standing;
import org.timeball.time.ReferenceId;

/** Something that time is taken from, whatever its kind. Belongs to the brain's thread. */
public sealed interface TimeSource permits RefclockSource, ServerSource {
  /** Its id in the configuration. */
  String name();

  /** What the operator thinks of it. */
  Standing standing();

  /** How far it has come. */
  SourceState state(long nowRawNanos);

  /** What it believes, carried to a moment; empty while it knows nothing. */
  Optional<Belief> belief(long rawNanos);

  /** Its own stratum; 0 for a reference clock. */
  int stratum();

  /** What replies name while it is followed. */
  ReferenceId referenceId();

  /** Seconds of delay all the way to true time; 0 for a reference clock. */
  double rootDelay();

  /** Time itself was renumbered by a leap second. */
  void shift(long nanos);

  /** The raw scale may have stood still: phase and second are to be proven anew. */
  void forgetPhase();

  /** What is believed stays and must be confirmed. */
  void demandProof();
}
