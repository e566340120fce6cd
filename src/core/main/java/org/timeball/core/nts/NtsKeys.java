package org.timeball.core.nts;

/**
 * What client and server agreed on: an algorithm and one key for each direction. Its text form
 * shows no key.
 */
public final class NtsKeys {
  private final AeadAlgorithm algorithm;
  private final byte[] clientToServer;
  private final byte[] serverToClient;

  /** Keys of the algorithm's length each. */
  public NtsKeys(AeadAlgorithm algorithm, byte[] clientToServer, byte[] serverToClient) {
    if (clientToServer.length != algorithm.keyOctets()
        || serverToClient.length != algorithm.keyOctets()) {
      throw new IllegalArgumentException(
          algorithm + " has keys of " + algorithm.keyOctets() + " octets");
    }
    this.algorithm = algorithm;
    this.clientToServer = clientToServer.clone();
    this.serverToClient = serverToClient.clone();
  }

  /** Which algorithm they are for. */
  public AeadAlgorithm algorithm() {
    return algorithm;
  }

  /** What the client seals with. */
  public byte[] clientToServer() {
    return clientToServer.clone();
  }

  /** What the server seals with. */
  public byte[] serverToClient() {
    return serverToClient.clone();
  }

  /** One behind the other, as a cookie holds them. */
  public byte[] both() {
    byte[] both = new byte[2 * clientToServer.length];
    System.arraycopy(clientToServer, 0, both, 0, clientToServer.length);
    System.arraycopy(serverToClient, 0, both, clientToServer.length, serverToClient.length);
    return both;
  }

  @Override
  public String toString() {
    return "keys for " + algorithm;
  }
}
