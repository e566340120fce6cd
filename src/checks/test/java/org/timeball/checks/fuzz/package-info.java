/**
 * What every parser promises about octets that it did not expect.
 *
 * <p>A {@link org.timeball.checks.fuzz.FuzzTarget} gives one parser any octets and throws if a
 * promise is broken. {@code scripts/fuzz} lets Jazzer look for such octets for as long as one
 * likes; {@code FuzzTargetsTest} tries the seeds, what was ever found and many damaged copies of
 * both, in every build and without Jazzer.
 */
package org.timeball.checks.fuzz;
