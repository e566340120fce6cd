package org.timeball.server.net;

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
 */
public record ListenerSettings(
    String name, UdpSettings socket, boolean ntsRequired, boolean interleaved, Passive passive) {}
