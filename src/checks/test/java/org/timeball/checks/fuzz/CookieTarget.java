package org.timeball.checks.fuzz;

import java.util.Arrays;
import java.util.List;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.cookie.CookieSealer;

/** A cookie that comes back. */
final class CookieTarget implements FuzzTarget {
  private final CookieSealer sealer = Packets.sealer();
  private final byte[] keys = new byte[CookieSealer.LONGEST_KEYS];
  private final List<byte[]> ours =
      Arrays.stream(AeadAlgorithm.values()).map(Packets::cookie).toList();

  @Override
  public String name() {
    return "cookie";
  }

  @Override
  public String promise() {
    return "opens when we made it, and then only";
  }

  @Override
  public List<byte[]> seeds() {
    return ours;
  }

  @Override
  public void accept(byte[] octets) {
    boolean opens = sealer.open(Packets.RING, octets, 0, octets.length, keys) != null;
    Promise.kept(
        opens == ours.stream().anyMatch(cookie -> Arrays.equals(cookie, octets)),
        opens ? "a forged cookie opens" : "our own cookie does not open");
  }
}
