/**
 * Keeps one device open and hands over what comes from it.
 *
 * <p>Start at {@link org.timeball.platform.line.LineThread}: it owns the thread, opens the {@link
 * org.timeball.platform.line.LineDevice}, opens it again with growing pauses when it is lost, and
 * calls the {@link org.timeball.platform.line.LineListener}. Serial lines, pulse devices and their
 * simulated stand-ins are devices of the same kind here.
 *
 * <p>Invariants: all calls to a listener come from the one thread; up and down alternate, except
 * that down may come first, and again when the reason changes.
 */
package org.timeball.platform.line;
