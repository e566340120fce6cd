/** A faster key agreement for TLS; start at {@link org.timeball.crypto.x25519.X25519Provider}. */
package org.timeball.crypto.x25519;
