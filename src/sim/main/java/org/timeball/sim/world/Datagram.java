package org.timeball.sim.world;

/**
 * A UDP datagram on its way.
 *
 * @param from number of the sending node, from 1
 * @param to number of the receiving node, from 1
 */
public record Datagram(int from, int sourcePort, int to, int destinationPort, Payload payload) {
  /** The same once more, with octets of its own. */
  Datagram copy() {
    return new Datagram(
        from, sourcePort, to, destinationPort, new Payload(payload.octets().clone()));
  }

  /** Its octets. Whoever takes it from the network may write into it. */
  public static final class Payload {
    private final byte[] octets;

    public Payload(byte[] octets) {
      this.octets = octets;
    }

    public byte[] octets() {
      return octets;
    }
  }
}
