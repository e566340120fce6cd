/**
 * Unix sockets of a kind that Java does not open itself.
 *
 * <p>Start at {@link org.timeball.platform.local.SequencedPacketSocket}.
 */
package org.timeball.platform.local;
