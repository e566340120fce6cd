/**
 * Virtual time: simulated oscillators, kernels and networks, and the daemon's own decisions stepped
 * in them by one thread. No sleeps, no mocks; the same seed gives the same trace.
 *
 * <p>The models of clocks, noise and packet delays are those of clknetsim, the simulator that the
 * chrony project tests itself with, down to its random generators, so that a scenario reads the
 * same in both and gives the same world.
 */
package org.timeball.sim;
