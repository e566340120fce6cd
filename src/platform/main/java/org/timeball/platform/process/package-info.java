/**
 * This process and others, as {@code /proc} shows them: who has a device open, who listens on a
 * port, what we may do.
 */
package org.timeball.platform.process;
