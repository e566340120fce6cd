package org.timeball.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Octets;

class AesSivTest {
  @ParameterizedTest
  @EnumSource
  void opensWhatItSealedAndNothingThatDiffersInOneBit(AeadAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(algorithm.number());
    Aead aead = Aeads.of(algorithm);
    byte[] key = new byte[algorithm.keyOctets()];
    random.nextBytes(key);
    aead.setKey(key, 0);
    for (int length : new int[] {0, 1, 15, 16, 17, 100}) {
      byte[] nonce = new byte[algorithm.nonceOctets()];
      byte[] associated = new byte[48];
      byte[] text = new byte[length];
      random.nextBytes(nonce);
      random.nextBytes(associated);
      random.nextBytes(text);
      byte[] sealed = new byte[length + algorithm.tagOctets()];
      aead.seal(Octets.of(nonce), Octets.of(associated), Octets.of(text), sealed, 0);

      byte[] opened = new byte[sealed.length];
      int got = aead.open(Octets.of(nonce), Octets.of(associated), Octets.of(sealed), opened, 0);
      assertThat(Arrays.copyOf(opened, got)).isEqualTo(text);

      for (byte[] part : new byte[][] {nonce, associated, sealed}) {
        for (int bit = 0; bit < part.length * 8; bit++) {
          part[bit / 8] ^= (byte) (1 << bit % 8);
          assertThat(
                  aead.open(Octets.of(nonce), Octets.of(associated), Octets.of(sealed), opened, 0))
              .isEqualTo(Aead.NOT_AUTHENTIC);
          part[bit / 8] ^= (byte) (1 << bit % 8);
        }
      }
    }
  }

  @Test
  void leavesNoPlainTextBehindWhenItWasNotAuthentic() {
    Aead aead = Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256);
    aead.setKey(new byte[32], 0);
    byte[] sealed = new byte[48];
    aead.seal(Octets.of(), Octets.of(), Octets.of(new byte[32]), sealed, 0);
    sealed[0] ^= 1;
    byte[] out = new byte[32];
    Arrays.fill(out, (byte) 7);
    aead.open(Octets.of(), Octets.of(), Octets.of(sealed), out, 0);
    assertThat(out).containsOnly(0);
  }

  /**
   * Measured: two fresh keys and four operations allocate about 2.2 kB in the JDK's key schedules.
   */
  @Test
  void allocatesLittleAndAlwaysTheSameForAResponse() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Aead master = Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256);
    Aead session = Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256);
    byte[] key = new byte[64];
    master.setKey(key, 0);
    Octets nonce = Octets.of(new byte[16]);
    Octets associated = Octets.of(new byte[188]);
    Octets cookie = Octets.of(new byte[64]);
    byte[] out = new byte[256];
    Octets sealedCookie = Octets.of(out, 0, 80);
    byte[] opened = new byte[256];
    int rounds = 20_000;
    long before = 0;
    for (int i = -rounds; i < rounds; i++) {
      if (i == 0) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      master.seal(nonce, associated, cookie, out, 0);
      master.open(nonce, associated, sealedCookie, opened, 0);
      session.setKey(key, 0);
      session.seal(nonce, associated, cookie, out, 0);
      session.setKey(key, 32);
      session.open(nonce, associated, sealedCookie, opened, 0);
    }
    long perResponse = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
    assertThat(perResponse).isLessThan(4_096);
  }
}
