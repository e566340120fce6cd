/**
 * The daemon in a QEMU guest: a real kernel's clock, pulses and leap seconds. {@code scripts/guest}
 * makes the guest and starts {@link org.timeball.checks.guest.GuestRun}; {@code docs/guest.md} says
 * what is proven.
 *
 * <p>This side, on the host, is the truth ({@link org.timeball.checks.guest.TrueTime}), the
 * receiver that tells it, and the NTP client that asks the guest for it. A scenario waits for
 * markers and conditions, never for a time; its limits are ten times what an idle machine needs.
 *
 * <p>Invariants: nothing here sets this machine's clock; the only addresses used are 127.0.0.1 and
 * the guest's own.
 */
package org.timeball.checks.guest;
