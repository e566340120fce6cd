/**
 * Carries requests to servers on the network and what comes back from them, without looking inside.
 *
 * <p>Start at {@link org.timeball.server.peer.Peers}. Each server has a thread of its own, because
 * looking up a name and waiting for a reply may both take seconds, and the brain waits for nothing.
 *
 * <p>Invariants: every request leaves from a port of its own; what is handed to the brain came from
 * the address that was asked; at most sixteen datagrams for one request are handed over.
 */
package org.timeball.server.peer;
