/**
 * Named worlds with a client in them whose clock is judged against the truth that only the
 * simulator knows.
 *
 * <p>Start at {@link org.timeball.sim.scenario.Scenarios} for what there is and at {@link
 * org.timeball.sim.scenario.Simulation} to run one.
 */
package org.timeball.sim.scenario;
