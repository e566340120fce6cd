package org.timeball.platform.process;

import java.security.SecureRandom;
import java.util.function.LongSupplier;

/** Numbers that nobody can guess, from the kernel's generator. Safe for several threads. */
public final class KernelRandom implements LongSupplier {
  private final SecureRandom random = new SecureRandom();

  /** Fills the whole array. */
  public void fill(byte[] octets) {
    random.nextBytes(octets);
  }

  @Override
  public long getAsLong() {
    return random.nextLong();
  }
}
