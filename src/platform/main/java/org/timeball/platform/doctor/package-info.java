/**
 * Looks at the machine and says what stands in the way of a time server on it.
 *
 * <p>Start at {@link org.timeball.platform.doctor.Doctor}: questions in, a list of {@link
 * org.timeball.platform.doctor.Finding}s out. It only reads.
 */
package org.timeball.platform.doctor;
