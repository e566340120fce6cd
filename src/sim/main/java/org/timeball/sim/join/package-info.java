/**
 * A node in a network that clknetsim simulates, spoken to by its wire protocol, so that our core
 * and other people's time daemons share one world.
 *
 * <p>Start at {@link org.timeball.sim.join.JoinedNode}. Only the protocol is shared: strict request
 * and reply over a socket that keeps records apart, native structures in little-endian order.
 */
package org.timeball.sim.join;
