/**
 * Calls into the C library through JNA, and what its error numbers mean. Start at {@link
 * org.timeball.platform.linux.Libc}. Everything that is called so seldom that a microsecond does
 * not matter goes this way; the packet path and clock reads do not.
 */
package org.timeball.platform.linux;
