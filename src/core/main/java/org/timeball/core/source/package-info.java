/**
 * One source of time: what is asked of it, whether it is heard, what it believes, and when a jump
 * of it is followed.
 *
 * <p>Start at {@link org.timeball.core.source.RefclockSource} for a reference clock and at {@link
 * org.timeball.core.source.NetworkSource} for a server on the network, whose {@link
 * org.timeball.core.source.ClientAssociation} speaks the protocol and tests every reply. Servers
 * that send unasked are found by a {@link org.timeball.core.source.BroadcastNetwork}.
 *
 * <p>Invariants: a belief is made from samples that passed the source's guard against jumps; its
 * bound covers what averaging cannot take out; a reply counts once, only if it answers the last
 * request, and never if the server says that it is not synchronised.
 */
package org.timeball.core.source;
