package org.timeball.crypto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;

/** Symmetric keys ready for use by one thread; looking one up allocates nothing. */
public final class KeyRing implements PacketKeys {
  private final int[] identifiers;
  private final PacketKey[] keys;

  /** These keys and no others; identifiers differ. */
  public KeyRing(List<SymmetricKey> all) {
    List<SymmetricKey> sorted =
        all.stream().sorted(Comparator.comparingInt(SymmetricKey::wireId)).toList();
    identifiers = sorted.stream().mapToInt(SymmetricKey::wireId).toArray();
    keys = sorted.stream().map(KeyRing::of).toArray(PacketKey[]::new);
  }

  private static PacketKey of(SymmetricKey key) {
    return key.algorithm().isCipher()
        ? new CmacKey(key.secret().octets())
        : new DigestKey(key.algorithm(), key.secret().octets());
  }

  @Override
  public PacketKey find(int identifier) {
    int at = Arrays.binarySearch(identifiers, identifier);
    return at < 0 ? null : keys[at];
  }
}
