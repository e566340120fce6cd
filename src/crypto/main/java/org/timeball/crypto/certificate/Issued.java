package org.timeball.crypto.certificate;

/**
 * A certificate and its private key, both as PEM text.
 *
 * @param certificate may be given to anybody
 * @param privateKey may not
 */
public record Issued(String certificate, String privateKey) {
  @Override
  public String toString() {
    return "certificate and private key";
  }
}
