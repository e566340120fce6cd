/**
 * Every decision, no I/O. Given the same inputs in the same order, this room gives the same
 * outputs: it starts no thread, opens nothing, reads no clock, draws no randomness that it was not
 * handed, and does not log.
 *
 * <p>Start at {@link org.timeball.core.Brain}: low-rate events in, a list of {@link
 * org.timeball.core.Action}s out. The reply path is {@code org.timeball.core.server}, in place and
 * without allocation.
 */
package org.timeball.core;
