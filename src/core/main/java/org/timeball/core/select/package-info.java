/**
 * Which sources are right, and which of them is followed; every rejection carries its reason.
 *
 * <p>Start at {@link org.timeball.core.select.Selection#of}.
 */
package org.timeball.core.select;
