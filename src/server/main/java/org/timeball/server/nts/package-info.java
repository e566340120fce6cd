/**
 * Network Time Security around the pure parts in {@code core}: files, TLS and sockets.
 *
 * <p>Start at {@link org.timeball.server.nts.NtsService}, which gives out keys over TLS and keeps
 * the keys of cookies; the responder threads take theirs from it.
 */
package org.timeball.server.nts;
