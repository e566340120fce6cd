/**
 * From measurements to a belief about true time, and from the belief to a correction.
 *
 * <p>Estimation happens on the raw scale, which nothing we do can disturb; steering is a separate
 * step, so there is no loop and no lag. Start at {@link
 * org.timeball.core.discipline.PulseEstimator} for pulses and at {@link
 * org.timeball.core.discipline.ExchangeEstimator} for network sources: each takes one measurement
 * at a time and gives a {@link org.timeball.core.discipline.TimeEstimate}, which {@link
 * org.timeball.core.discipline.Steering} turns into a {@link
 * org.timeball.core.discipline.Correction}. {@link org.timeball.core.discipline.JointEstimator}
 * does so for several network sources together.
 */
package org.timeball.core.discipline;
