package org.timeball.checks.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Octets;
import org.timeball.core.packet.Mode;
import org.timeball.core.server.Outcome;
import org.timeball.crypto.Aeads;

/**
 * A request of a client that has keys and sends nonsense: the octets are fields, an empty line, and
 * the fields to be encrypted; the authenticator around them is right. So the search gets behind the
 * door that octets at random never open.
 */
final class SealedRequestTarget implements FuzzTarget {
  private static final AeadAlgorithm ALGORITHM = AeadAlgorithm.AES_SIV_CMAC_256;
  private static final byte[] IDENTIFIER = Packets.field(0x0104, 36);
  private static final int NONCE = 16;
  private static final int MOST = 1_500;

  private final ResponderTarget responder = new ResponderTarget();

  @Override
  public String name() {
    return "sealed-request";
  }

  @Override
  public String promise() {
    return "never gets more than it sent, whatever fields a client with keys seals";
  }

  @Override
  public List<byte[]> seeds() {
    byte[] placeholder = Packets.field(0x0304, Packets.cookie(ALGORITHM).length + 4);
    return List.of(
        new byte[] {0, 0},
        Packets.joined(new byte[] {0, 0}, placeholder, placeholder),
        Packets.joined(new byte[] {0, 36}, placeholder, Packets.field(0x0104, 36)),
        Packets.joined(new byte[] {1, 4}, Packets.field(0x2005, 28), new byte[] {0, 5, 0, 4}));
  }

  /** Two octets say how many of the last ones are encrypted, and whether the nonce is short. */
  @Override
  public void accept(byte[] octets) {
    if (octets.length < 2 || octets.length > MOST) {
      return;
    }
    int encrypted = Math.min(octets[1] & 0xFF, octets.length - 2);
    int nonce = octets[0] % 4 == 3 ? 4 : NONCE;
    byte[] open = Arrays.copyOfRange(octets, 2, octets.length - encrypted);
    byte[] text = Arrays.copyOfRange(octets, octets.length - encrypted, octets.length);
    byte[] cookie = Packets.cookie(ALGORITHM);
    byte[] cookieField = Packets.field(0x0204, cookie.length + 4);
    System.arraycopy(cookie, 0, cookieField, 4, cookie.length);
    byte[] before = Packets.joined(Packets.header(4, Mode.CLIENT), IDENTIFIER, cookieField, open);
    Outcome outcome = responder.outcome(Packets.joined(before, authenticator(before, text, nonce)));
    Promise.kept(
        outcome != Outcome.ANSWERED && outcome != Outcome.CRYPTO_NAK,
        "time without an authenticator: " + outcome);
    if (open.length == 0 && encrypted == 0 && nonce == NONCE) {
      Promise.kept(outcome == Outcome.ANSWERED_WITH_NTS, "a good request: " + outcome);
    }
  }

  private static byte[] authenticator(byte[] before, byte[] text, int nonce) {
    Aead aead = Aeads.of(ALGORITHM);
    aead.setKey(Packets.keys(ALGORITHM).clientToServer(), 0);
    byte[] sealed = new byte[text.length + ALGORITHM.tagOctets()];
    aead.seal(Octets.of(new byte[nonce]), Octets.of(before), Octets.of(text), sealed, 0);
    byte[] padded = Arrays.copyOf(sealed, (sealed.length + 3) & ~3);
    byte[] field = Packets.field(0x0404, 8 + nonce + padded.length);
    ByteBuffer.wrap(field)
        .putShort(4, (short) nonce)
        .putShort(6, (short) sealed.length)
        .put(8 + nonce, padded);
    return field;
  }
}
