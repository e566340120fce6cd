package org.timeball.spi;

/**
 * Something on the line that was not used. Counted by reason, shown in status; the first of a kind
 * is logged.
 *
 * @param reason a short constant phrase, such as {@code bad checksum}
 * @param detail what it was, cut to a sensible length; may be empty
 */
public record Rejection(String reason, String detail) {}
