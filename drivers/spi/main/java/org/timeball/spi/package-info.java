/**
 * The contract between a reference clock driver and the daemon.
 *
 * <p>A driver decodes. It never opens a device, owns no thread, reads no clock and decides nothing
 * about time. It says which line it needs, is handed octets or pulses with their arrival times, and
 * hands labels, pulses, samples, health and rejections to a {@link org.timeball.spi.Sink}. So the
 * same driver runs in the daemon, from a recording, and in the simulator.
 *
 * <p>Start at {@link org.timeball.spi.DriverProvider}; {@code drivers/template} is a whole driver
 * to copy.
 *
 * <p>Every time a driver sees is raw: nanoseconds of a counter that only goes forward, with an
 * arbitrary start. Only differences mean anything. All calls to one driver come from one thread.
 */
package org.timeball.spi;
