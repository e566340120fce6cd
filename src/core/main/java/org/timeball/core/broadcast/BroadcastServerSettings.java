package org.timeball.core.broadcast;

/**
 * One network to which time is sent unasked.
 *
 * @param name as in the configuration
 * @param destination address and port, for people
 * @param pollExponent log2 of the interval in seconds, -4 to 17
 * @param version of the protocol, 1 to 4
 * @param keyId identifier of the key that packets are sealed with; 0 for none
 * @param interleaved whether each packet tells when the one before left (RFC 9769)
 */
public record BroadcastServerSettings(
    String name,
    String destination,
    int pollExponent,
    int version,
    int keyId,
    boolean interleaved) {}
