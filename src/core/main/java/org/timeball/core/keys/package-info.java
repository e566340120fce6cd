/**
 * Symmetric keys as they stand in a file: identifier, algorithm, secret.
 *
 * <p>Start at {@link org.timeball.core.keys.KeyFile}. The digests themselves are made by whoever
 * implements {@link org.timeball.core.packet.PacketKey}.
 *
 * <p>Invariants: a secret never stands in a message or in the text of an object.
 */
package org.timeball.core.keys;
