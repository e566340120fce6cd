package org.timeball.core.nts.client;

import java.util.function.Function;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Randomness;

/**
 * What a client of Network Time Security is handed.
 *
 * @param ciphers makes one of an algorithm, for the brain's thread alone
 * @param randomness octets that nobody can guess
 */
public record NtsTools(Function<AeadAlgorithm, Aead> ciphers, Randomness randomness) {
  /** For those who use no Network Time Security. */
  public static final NtsTools NONE =
      new NtsTools(
          algorithm -> {
            throw new IllegalStateException("there is no cipher for " + algorithm);
          },
          octets -> {
            throw new IllegalStateException("there is no randomness");
          });
}
