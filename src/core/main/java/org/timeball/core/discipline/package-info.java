/**
 * From measurements to a belief about true time, and from the belief to a correction.
 *
 * <p>Estimation happens on the raw scale, which nothing we do can disturb; steering is a separate
 * step. Start at {@link org.timeball.core.discipline.TimeEstimate}.
 */
package org.timeball.core.discipline;
