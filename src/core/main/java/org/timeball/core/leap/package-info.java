/**
 * When the next leap second is, who says so, and the moment itself.
 *
 * <p>Start at {@link org.timeball.core.leap.LeapPlan}; {@link org.timeball.core.leap.LeapTable}
 * reads the file.
 */
package org.timeball.core.leap;
