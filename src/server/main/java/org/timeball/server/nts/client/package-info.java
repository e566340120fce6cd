/**
 * Fetches keys of Network Time Security from other servers: sockets, TLS and certificates around
 * the pure parts in {@code core}.
 *
 * <p>Start at {@link org.timeball.server.nts.client.KeyFetcher}, or at {@link
 * org.timeball.server.nts.client.KeyExchange} for a single exchange.
 */
package org.timeball.server.nts.client;
