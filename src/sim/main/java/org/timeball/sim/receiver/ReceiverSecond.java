package org.timeball.sim.receiver;

import java.util.Optional;

/**
 * All that a receiver does about one second.
 *
 * @param echo a second pulse that should not be there
 */
public record ReceiverSecond(
    Optional<PulseShape> pulse, Optional<PulseShape> echo, Optional<Burst> burst) {}
