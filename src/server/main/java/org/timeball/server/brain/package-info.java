/**
 * The thread that owns the brain: takes events from everybody, lets the brain decide, and carries
 * out what it decided.
 *
 * <p>Start at {@link org.timeball.server.brain.BrainThread}.
 *
 * <p>Invariants: the brain and the clock's steering side are touched by that one thread; it never
 * waits for a disk, a device or another thread.
 */
package org.timeball.server.brain;
