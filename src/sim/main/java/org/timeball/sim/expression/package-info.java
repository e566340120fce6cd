/**
 * The language in which clknetsim's configuration says how a frequency, an offset or a delay
 * behaves: {@code (+ 90e-6 (* 10e-6 (exponential)))}.
 *
 * <p>Start at {@link org.timeball.sim.expression.ExpressionParser}.
 */
package org.timeball.sim.expression;
