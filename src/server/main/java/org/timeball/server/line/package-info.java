/**
 * The lines of the reference clocks: each driver on the thread of its device, what it finds put
 * into the brain's queue.
 *
 * <p>Start at {@link org.timeball.server.line.RefclockLines}.
 *
 * <p>Invariants: a driver is called from its line's thread alone; a driver that throws costs what
 * it was just given, and nothing else.
 */
package org.timeball.server.line;
