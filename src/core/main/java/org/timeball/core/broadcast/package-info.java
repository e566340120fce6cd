/**
 * Time that is sent unasked, to everybody on a network or to all members of a group.
 *
 * <p>Start at {@link org.timeball.core.broadcast.BroadcastServers}, which the brain asks what is
 * due.
 *
 * <p>Invariants: nothing is sent while the server is not synchronised; a departure that is told by
 * a later packet (RFC 9769) is on the same scale as that packet.
 */
package org.timeball.core.broadcast;
