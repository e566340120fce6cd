package org.timeball.server.nts;

/**
 * What there is to tell about key establishment.
 *
 * @param connections accepted since the start
 * @param granted clients that got keys and cookies
 * @param refused clients that got an error, or did not get through the handshake
 * @param crowdedOut connections that were closed to make room for others
 * @param certificateUntil when the certificate expires, as an ISO 8601 instant; empty until it is
 *     read
 */
public record NtsReport(
    long connections, long granted, long refused, long crowdedOut, String certificateUntil) {}
