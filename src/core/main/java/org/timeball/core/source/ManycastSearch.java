package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.time.Leap;

/**
 * A search for servers by requests to a multicast group, each carried further than the one before
 * until enough have answered (RFC 5905, section 3.1). What they say of the time is not used: they
 * are asked again, one by one. Belongs to one thread.
 */
public final class ManycastSearch {
  private final int version;
  private final int wanted;
  private final Set<String> senders;
  private final AssociationSeal seal;
  private final long nonce;
  private final Set<String> found = new LinkedHashSet<>();

  /**
   * @param wanted how many servers are enough
   * @param keyId identifier of the key that requests and replies are sealed with; 0 for none
   * @param keys hold it
   * @param senders addresses of the servers that are welcome; empty for any
   * @param nonce 64 unpredictable bits, so that nobody off the path can forge an answer
   */
  public ManycastSearch(
      int version, int wanted, int keyId, PacketKeys keys, Set<String> senders, long nonce) {
    this.version = version;
    this.wanted = wanted;
    this.senders = Set.copyOf(senders);
    this.nonce = nonce;
    seal = new AssociationSeal(keyId, keys);
  }

  /**
   * Over how many networks the requests are carried, one after the other: each time twice as far.
   *
   * @param most 1 to 255
   */
  public static List<Integer> rings(int most) {
    List<Integer> rings = new ArrayList<>();
    for (int hops = 1; hops < most; hops *= 2) {
      rings.add(hops);
    }
    rings.add(most);
    return List.copyOf(rings);
  }

  /** The datagram for the group. */
  public byte[] request() {
    byte[] header = new byte[NtpHeader.LENGTH];
    ByteBuffer packet = ByteBuffer.wrap(header);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, version, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, nonce);
    return seal.seal(header);
  }

  /**
   * Takes a datagram.
   *
   * @param packet from offset 0 to its limit
   * @param sender the address, as a number
   */
  public void onPacket(ByteBuffer packet, String sender) {
    boolean answer =
        packet.limit() >= NtpHeader.LENGTH
            && NtpHeader.mode(packet, 0) == Mode.SERVER
            && NtpHeader.originTimestamp(packet, 0) == nonce
            && (senders.isEmpty() || senders.contains(sender))
            && seal.check(packet, packet.limit()).isEmpty()
            && ServerTests.failed(ServerTests.read(packet), Set.of()).isEmpty();
    if (answer) {
      found.add(sender);
    }
  }

  /** Whether as many have answered as are wanted. */
  public boolean isEnough() {
    return found.size() >= wanted;
  }

  /** Who answered so far, the nearest first. */
  public List<String> found() {
    return List.copyOf(found);
  }
}
