/**
 * Joins what a receiver says (labels) with when it says a second began (pulses) to one stream of
 * samples.
 *
 * <p>Start at {@link org.timeball.core.refclock.Refclock}. Bytes have been decoded before they get
 * here.
 *
 * <p>Invariants: no pulse becomes a sample before it has a number; a pulse gets its first number
 * only from {@link org.timeball.core.refclock.PulseNumbering#VOTES} labels in a row that agree, or
 * from a clock known to better than 0.4 s; one label never changes a number. How late a kind of
 * sentence is after its second is learned, and where arrival alone cannot tell late from early, no
 * number is given until something else settles it.
 */
package org.timeball.core.refclock;
