/**
 * What operators are shown: one record tree from which every status request is answered, and the
 * sentences that say what holds the server back.
 *
 * <p>Start at {@link org.timeball.core.control.StatusReport}.
 */
package org.timeball.core.control;
