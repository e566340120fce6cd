/**
 * One source of time: whether it is heard, what it believes, and when a jump of it is followed.
 *
 * <p>Start at {@link org.timeball.core.source.RefclockSource}.
 *
 * <p>Invariants: a belief is made from samples that passed the source's {@link
 * org.timeball.core.source.JumpGuard}; its bound covers what averaging cannot take out.
 */
package org.timeball.core.source;
