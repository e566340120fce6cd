/**
 * NTS key establishment (RFC 8915, section 4) without its sockets and TLS: octets in, octets out.
 *
 * <p>A server starts at {@link org.timeball.core.nts.ke.KeServer}, a client at {@link
 * org.timeball.core.nts.ke.KeClient}; both find where a message ends with {@link
 * org.timeball.core.nts.ke.KeMessage#lengthOf}.
 *
 * <p>Invariants: no octets of a peer make anything here throw; what is not exactly as the standard
 * has it ends without keys.
 */
package org.timeball.core.nts.ke;
