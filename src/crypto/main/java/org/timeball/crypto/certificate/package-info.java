/**
 * Certificates and private keys as files have them: {@link org.timeball.crypto.certificate.Pem}
 * reads them, {@link org.timeball.crypto.certificate.PrivateAuthority} makes them for a network
 * that has no authority of its own.
 */
package org.timeball.crypto.certificate;
