/**
 * The words everyone speaks: timestamps, leap indicators, reference ids.
 *
 * <p>Three scales are in use, and their numbers never mix:
 *
 * <ul>
 *   <li><b>raw</b> ({@code …RawNanos}): nanoseconds of the undisciplined local oscillator since an
 *       arbitrary start. It only goes forward and nothing ever corrects it. Estimation happens
 *       here.
 *   <li><b>Unix time</b> ({@code …UnixNanos}): nanoseconds since 1970-01-01T00:00:00 UTC without
 *       counting leap seconds, in a {@code long}, good until the year 2262. This is what the
 *       disciplined clock shows and what true time is said in.
 *   <li><b>the wire</b> ({@link org.timeball.time.NtpTimestamp}): 32.32 fixed point without its
 *       era.
 * </ul>
 *
 * <p>Start at {@link org.timeball.time.NtpTimestamp}.
 */
package org.timeball.time;
