/**
 * A light and a button on GPIO pins, through Pi4J, behind a port of two methods: {@link
 * org.timeball.platform.gpio.FrontPanel}. Only {@link org.timeball.platform.gpio.FrontPanels#open}
 * touches Pi4J, and only when a pin is configured and the machine has GPIO at all.
 */
package org.timeball.platform.gpio;
