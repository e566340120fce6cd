package org.timeball.platform.net;

import java.nio.ByteBuffer;

/**
 * A reply and the two moments that only this side knows, T1 and T4 (RFC 5905, section 8), on both
 * scales of the clock that the exchange was made with.
 *
 * @param packet the reply, whole, from offset 0; read-only
 * @param sentRawNanos T1 on the raw scale
 * @param sentUnixNanos T1 on the served clock
 * @param sentStampedByKernel false when the kernel gave no departure stamp and T1 was read just
 *     before the call
 * @param receivedRawNanos T4 on the raw scale
 * @param receivedUnixNanos T4 on the served clock
 * @param receivedStampedByKernel false when the kernel gave no arrival stamp and T4 was read just
 *     after the call
 */
public record StampedReply(
    ByteBuffer packet,
    long sentRawNanos,
    long sentUnixNanos,
    boolean sentStampedByKernel,
    long receivedRawNanos,
    long receivedUnixNanos,
    boolean receivedStampedByKernel) {}
