/**
 * Network Time Security (RFC 8915) without its sockets.
 *
 * <p>Here are the algorithms and keys that its parts share. Key establishment is in {@link
 * org.timeball.core.nts.ke}, the fields of NTP packets in {@link org.timeball.core.nts.packet},
 * cookies in {@link org.timeball.core.nts.cookie}. The room {@code crypto} implements {@link
 * org.timeball.core.nts.Aead} and {@link org.timeball.core.nts.KeyDerivation}.
 */
package org.timeball.core.nts;
