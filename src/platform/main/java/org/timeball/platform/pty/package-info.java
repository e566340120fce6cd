/**
 * A serial line without hardware: {@link org.timeball.platform.pty.PseudoTerminal}. What the
 * simulated receiver writes into its one end, a program reads from the other as from {@code
 * /dev/ttyAMA0}.
 */
package org.timeball.platform.pty;
