/**
 * JSON, written from records and read into maps: all that the control socket and {@code --json}
 * need, in about two hundred lines.
 *
 * <p>Start at {@link org.timeball.server.json.Json}.
 */
package org.timeball.server.json;
