/**
 * When the next leap second is, who says so, the moment itself, and how it can be spread over
 * hours.
 *
 * <p>Start at {@link org.timeball.core.leap.LeapPlan}; {@link org.timeball.core.leap.LeapTable}
 * reads the file.
 */
package org.timeball.core.leap;
