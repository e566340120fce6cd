/**
 * The clock that is served, and the scale it is measured against.
 *
 * <p>Start at {@link org.timeball.platform.clock.HostClock}, which {@link
 * org.timeball.platform.clock.UserClock} and the kernel's clock implement. {@link
 * org.timeball.platform.clock.StampConverter} turns the kernel's CLOCK_REALTIME stamps into the raw
 * scale and notices when somebody else moves that clock.
 *
 * <p>Invariants: raw nanoseconds are CLOCK_MONOTONIC_RAW, which nobody can steer; every stamp is
 * converted where it arrives, by a pair of readings taken there and then.
 */
package org.timeball.platform.clock;
