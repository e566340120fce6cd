/**
 * What runs on the machines of a world: the daemon's own brain, responder and drivers, with a host
 * around them that carries out what they decide.
 *
 * <p>Start at {@link org.timeball.sim.node.BrainNode}; {@link org.timeball.sim.node.ServerNode} is
 * a server that has no doubts.
 */
package org.timeball.sim.node;
