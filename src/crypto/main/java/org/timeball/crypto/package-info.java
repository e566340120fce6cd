/**
 * AES-SIV-CMAC, AES-CMAC, digests and certificates behind the interfaces of {@code core}. The only
 * room that knows Bouncy Castle.
 */
package org.timeball.crypto;
