package org.timeball.core.nts.ke;

import org.timeball.core.nts.AeadAlgorithm;

/** What the keys of both directions are exported from TLS with (RFC 8915, section 5.1). */
public final class ExporterContext {
  /** The label of the exporter. */
  public static final String LABEL = "EXPORTER-network-time-security";

  private ExporterContext() {}

  /** The context of the key that the client seals with and the server opens with. */
  public static byte[] clientToServer(AeadAlgorithm algorithm) {
    return context(algorithm, 0);
  }

  /** The context of the key that the server seals with and the client opens with. */
  public static byte[] serverToClient(AeadAlgorithm algorithm) {
    return context(algorithm, 1);
  }

  private static byte[] context(AeadAlgorithm algorithm, int direction) {
    int number = algorithm.number();
    return new byte[] {
      0, KeServer.PROTOCOL_NTPV4, (byte) (number >> 8), (byte) number, (byte) direction
    };
  }
}
