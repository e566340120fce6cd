/**
 * The threads that answer clients: datagrams from {@code platform}, decisions from {@code core},
 * one listener each.
 *
 * <p>Start at {@link org.timeball.server.net.ResponderThread}.
 *
 * <p>Invariants: a responder thread shares three things with others: the published {@code
 * ServerState}, read once for each batch, the clock, and its counters, which only it writes.
 */
package org.timeball.server.net;
