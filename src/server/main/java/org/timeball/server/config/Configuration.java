package org.timeball.server.config;

import java.util.List;
import java.util.Optional;
import org.timeball.core.brain.Role;

/**
 * Everything a configuration file says, checked.
 *
 * @param clock which clock is steered
 * @param listeners where requests are answered; empty for a client
 * @param refclocks reference clocks; without one, and without a server, it never becomes
 *     synchronised
 * @param sources servers on the network
 * @param broadcasts networks to which time is sent unasked
 * @param manycasts groups by which clients search for this server
 * @param role its place among other servers
 * @param keys symmetric keys
 * @param nts Network Time Security, if it is served
 * @param state where what was learned is kept
 * @param leap where the coming leap seconds are listed
 * @param control where the control socket lies
 * @param log what is written to the log
 * @param scheduling how the kernel treats our threads and memory
 * @param gpio the light and the button
 */
public record Configuration(
    ClockSettings clock,
    List<ListenSettings> listeners,
    List<RefclockSettings> refclocks,
    List<SourceSettings> sources,
    List<BroadcastSettings> broadcasts,
    List<ManycastSettings> manycasts,
    Role role,
    KeySettings keys,
    Optional<NtsSettings> nts,
    StateSettings state,
    LeapSettings leap,
    ControlSettings control,
    LogSettings log,
    SchedulingSettings scheduling,
    GpioSettings gpio) {}
