/**
 * The algorithms behind the interfaces of {@code core}: AES-SIV-CMAC and AES-CMAC are built here on
 * the JDK's AES, which the processor runs; the rest is the JDK's or Bouncy Castle's.
 *
 * <p>Start at {@link org.timeball.crypto.Aeads}.
 */
package org.timeball.crypto;
