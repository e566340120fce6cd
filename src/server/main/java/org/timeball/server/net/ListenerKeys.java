package org.timeball.server.net;

import java.util.List;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.crypto.KeyRing;

/**
 * The keys of a listener, which may be replaced while it answers. Safe for several threads; what
 * {@link #forThread} gives is not.
 */
public final class ListenerKeys {
  private volatile List<SymmetricKey> keys;

  public ListenerKeys(List<SymmetricKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** These keys and no others from now on. */
  public void use(List<SymmetricKey> newKeys) {
    if (!newKeys.equals(keys)) {
      keys = List.copyOf(newKeys);
    }
  }

  /** The keys as one thread uses them; makes new ones for itself after each replacement. */
  public PacketKeys forThread() {
    return new PacketKeys() {
      private List<SymmetricKey> seen = keys;
      private PacketKeys ring = new KeyRing(seen);

      // Another list is another even if the same stands in it, and to compare them takes time.
      @SuppressWarnings("ReferenceEquality")
      @Override
      public PacketKey find(int identifier) {
        List<SymmetricKey> now = keys;
        if (now != seen) {
          seen = now;
          ring = new KeyRing(now);
        }
        return ring.find(identifier);
      }
    };
  }
}
