/**
 * Request and {@link org.timeball.core.ServerState} in, reply out, in the same octets.
 *
 * <p>Start at {@link org.timeball.core.server.Responder}. One responder belongs to one thread; the
 * {@code ServerState} is the only thing it shares with others.
 *
 * <p>Invariants: a reply is never longer than its request; a packet that could itself be an answer
 * is never answered, so two servers cannot keep each other busy; nothing is allocated for a packet.
 */
package org.timeball.core.server;
