/**
 * Sets a clock once, by what some servers say.
 *
 * <p>Start at {@link org.timeball.server.date.Survey}, which asks; {@link
 * org.timeball.core.date.DateDecision} decides.
 */
package org.timeball.server.date;
