/**
 * Several nodes, their clocks and the network between them, stepped by one thread from one
 * happening to the next.
 *
 * <p>Start at {@link org.timeball.sim.world.World}; {@link org.timeball.sim.world.WorldPlan} reads
 * what the world is like from clknetsim's configuration language.
 *
 * <p>Invariants: no time passes while a node thinks; happenings at the same moment come in a fixed
 * order (the second's tick, wake-ups by node, datagrams by arrival), so a seed decides everything.
 */
package org.timeball.sim.world;
