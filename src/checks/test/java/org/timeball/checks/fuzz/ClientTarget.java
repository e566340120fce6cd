package org.timeball.checks.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.source.AssociationSeal;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.ClientAssociation;
import org.timeball.core.source.Reception;

/** A datagram that reaches a client that waits for a reply. */
final class ClientTarget implements FuzzTarget {
  private static final long SENT = 1_000_000_000L;
  private static final long ARRIVED = SENT + 10_000_000L;
  private static final int KEY = 1;

  @Override
  public String name() {
    return "client";
  }

  @Override
  public String promise() {
    return "believes replies to its own request alone, and with a key authentic ones alone";
  }

  @Override
  public List<byte[]> seeds() {
    byte[] reply = Packets.header(4, Mode.SERVER);
    byte[] kiss = reply.clone();
    NtpHeader.stratum(ByteBuffer.wrap(kiss), 0, 0);
    NtpHeader.referenceId(ByteBuffer.wrap(kiss), 0, 0x52415445);
    return List.of(
        reply,
        kiss,
        Packets.withCode(reply, KEY),
        Packets.withCode(kiss, KEY),
        Packets.joined(reply, new byte[4]),
        Packets.joined(reply, Packets.field(0x2005, 28)));
  }

  @Override
  public void accept(byte[] octets) {
    judge(octets, 0);
    judge(octets, KEY);
    if (octets.length >= NtpHeader.LENGTH) {
      // What an attacker has to guess is given, so that the search gets behind it.
      NtpHeader.originTimestamp(ByteBuffer.wrap(octets), 0, Packets.NONCE);
      judge(octets, 0);
      judge(octets, KEY);
    }
  }

  private static void judge(byte[] octets, int keyId) {
    ClientAssociation association =
        new ClientAssociation(
            new AssociationSettings("fuzzed", 6, 10, 4, true, keyId),
            new AssociationSeal(keyId, Packets.KEYS),
            Set.of(),
            0);
    association.poll(SENT, Packets.NONCE);
    ByteBuffer packet = ByteBuffer.wrap(octets);
    Reception reception = association.receive(packet, octets.length, ARRIVED, Packets.NOW);
    if (reception instanceof Reception.Dropped) {
      return;
    }
    Promise.kept(
        NtpHeader.originTimestamp(packet, 0) == Packets.NONCE, "believed a reply to nobody");
    Promise.kept(NtpHeader.mode(packet, 0) == Mode.SERVER, "believed what is no reply");
    if (keyId != 0) {
      byte[] bare = Arrays.copyOf(octets, octets.length - 24);
      Promise.kept(
          Arrays.equals(Packets.withCode(bare, keyId), octets), "believed a code that is wrong");
    }
    if (reception instanceof Reception.Exchange exchange) {
      Promise.kept(
          exchange.server().rootDelay() / 2 + exchange.server().rootDispersion() < 16
              && exchange.server().stratum() < 16,
          "believed a server without time");
    }
  }
}
