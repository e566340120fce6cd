/**
 * Asks an NTP server how late it thinks it is, from outside and with the kernel's stamps.
 *
 * <p>Start at {@link org.timeball.server.query.Query}.
 */
package org.timeball.server.query;
