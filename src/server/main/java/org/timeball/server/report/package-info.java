/**
 * What {@code timeball status}, {@code sources} and {@code why} show: one record for programs, and
 * the same as text for people.
 *
 * <p>Start at {@link org.timeball.server.report.DaemonReport}.
 */
package org.timeball.server.report;
