/**
 * Runs a driver from a recording, for {@code timeball decode}.
 *
 * <p>Start at {@link org.timeball.server.decode.RecordedLine}.
 */
package org.timeball.server.decode;
