/**
 * The configuration file: TOML in, typed records out, every mistake with its line, column, limit
 * and reason.
 *
 * <p>Start at {@link org.timeball.server.config.ConfigurationFile}. Each table of the file is a
 * record that names its keys and reads itself; {@link org.timeball.server.config.Schema} lists them
 * all. {@code docs/configuration.md} is the operator's view of the same keys, and a test compares
 * the two.
 *
 * <p>Invariants: a key that is not understood is refused, never ignored; a file with one mistake
 * yields no configuration at all; nothing here opens a device or a socket.
 */
package org.timeball.server.config;
