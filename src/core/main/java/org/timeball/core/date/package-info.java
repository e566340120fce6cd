/**
 * Sets the clock once: asks some servers a few times, and decides whether what they say can be
 * believed and what follows for the clock.
 *
 * <p>Start at {@link org.timeball.core.date.DateDecision#of}.
 *
 * <p>Invariants: a reply passes the same tests as in the daemon, and servers are selected as there;
 * no time before the day this program was built is ever set.
 */
package org.timeball.core.date;
