/**
 * The one owner of everything that decides: events in, actions out.
 *
 * <p>Start at {@link org.timeball.core.brain.TimeServerBrain}.
 *
 * <p>What "proven" means, in order: a receiver's labels are vouched for, dated after the floor, and
 * advance as time does; three in a row agree on which pulse began which second, by a lateness that
 * cannot be mistaken; four numbered pulses (or eight labels, where there is no pulse) have been
 * estimated from; a majority of the sources that may be followed agrees; and the clock has been
 * brought within the step threshold of what they say. Until then, and whenever one of these is
 * lost, replies say leap 3 and stratum 16. In holdover the error bound grows, and replies say so
 * again when it passes the operator's limit.
 */
package org.timeball.core.brain;
