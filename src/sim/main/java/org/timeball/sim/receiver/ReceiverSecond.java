package org.timeball.sim.receiver;

import java.util.Optional;

/** All that a receiver does about one second. */
public record ReceiverSecond(Optional<PulseShape> pulse, Optional<Burst> burst) {}
