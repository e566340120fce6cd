/**
 * Network Time Security (RFC 8915) without its sockets: the algorithms it seals with. Start at
 * {@link org.timeball.core.nts.Aead}; the room {@code crypto} implements it.
 */
package org.timeball.core.nts;
