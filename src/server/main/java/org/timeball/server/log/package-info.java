/**
 * Where log lines go: standard error, with the priority prefixes that journald understands when it
 * listens there, plainly otherwise.
 *
 * <p>Start at {@link org.timeball.server.log.LogSetup}.
 */
package org.timeball.server.log;
