/**
 * Runs a driver from a recording, without a device and faster than time.
 *
 * <p>Start at {@link org.timeball.testkit.Replay}. {@link org.timeball.testkit.GoldenLog} compares
 * what a driver made of a recording with the file beside it; {@code timeball decode} prints it.
 *
 * <p>Time is virtual and every run of the same recording is the same run. Needs no test framework,
 * so it is also of use outside a test.
 */
package org.timeball.testkit;
