/**
 * The random generators of the GNU C library as clknetsim uses them, number for number.
 *
 * <p>Start at {@link org.timeball.sim.random.AdditiveFeedback}, the stream that seeds all others.
 */
package org.timeball.sim.random;
