package org.timeball.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Octets;

/** AES-128-GCM-SIV (RFC 8452), which is Bouncy Castle's. Not for several threads. */
final class AesGcmSiv implements Aead {
  private static final int TAG_BITS = 128;

  private final GCMSIVBlockCipher cipher = new GCMSIVBlockCipher();
  private KeyParameter key;

  @Override
  public AeadAlgorithm algorithm() {
    return AeadAlgorithm.AES_128_GCM_SIV;
  }

  @Override
  public void setKey(byte[] newKey, int at) {
    key = new KeyParameter(newKey, at, algorithm().keyOctets());
  }

  @Override
  public int seal(Octets nonce, Octets associated, Octets text, byte[] out, int outAt) {
    try {
      return run(true, nonce, associated, text, out, outAt);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("sealing cannot find a text inauthentic", e);
    }
  }

  @Override
  public int open(Octets nonce, Octets associated, Octets sealed, byte[] out, int outAt) {
    boolean couldBe =
        nonce.length() == algorithm().nonceOctets() && sealed.length() >= algorithm().tagOctets();
    if (!couldBe) {
      return NOT_AUTHENTIC;
    }
    try {
      return run(false, nonce, associated, sealed, out, outAt);
    } catch (InvalidCipherTextException e) {
      return NOT_AUTHENTIC;
    }
  }

  private int run(boolean seal, Octets nonce, Octets associated, Octets in, byte[] out, int outAt)
      throws InvalidCipherTextException {
    cipher.init(seal, new AEADParameters(key, TAG_BITS, copyOf(nonce), copyOf(associated)));
    cipher.processBytes(in.array(), in.at(), in.length(), out, outAt);
    return cipher.doFinal(out, outAt);
  }

  private static byte[] copyOf(Octets octets) {
    return Arrays.copyOfRange(octets.array(), octets.at(), octets.at() + octets.length());
  }
}
