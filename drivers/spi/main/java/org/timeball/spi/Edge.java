package org.timeball.spi;

/**
 * One edge of a pulse line.
 *
 * @param rawNanos when the kernel saw it
 * @param rising whether the line went up (RFC 2783: assert) or down (clear)
 * @param sequence the kernel's count of edges of this kind; a gap is a missed edge
 */
public record Edge(long rawNanos, boolean rising, long sequence) {}
