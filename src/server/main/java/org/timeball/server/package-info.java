/**
 * The daemon: configuration, wiring, threads. It decides nothing about time; {@code core} does.
 *
 * <p>Start at {@code Daemon}, whose constructor calls stand in the order of their dependencies.
 */
package org.timeball.server;
