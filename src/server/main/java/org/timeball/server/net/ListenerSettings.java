package org.timeball.server.net;

import java.util.Optional;
import org.timeball.core.leap.Smear;
import org.timeball.core.server.Passive;
import org.timeball.platform.net.UdpSettings;

/**
 * One address and port where clients are answered.
 *
 * @param name its id in the configuration, in status and in logs
 * @param socket how its socket is opened
 * @param ntsRequired whether requests without Network Time Security are dropped
 * @param interleaved whether clients may use the interleaved mode (RFC 9769)
 * @param passive whether peers are answered that nobody configured
 * @param smear how leap seconds are spread for its clients, if they are
 */
public record ListenerSettings(
    String name,
    UdpSettings socket,
    boolean ntsRequired,
    boolean interleaved,
    Passive passive,
    Optional<Smear> smear) {}
