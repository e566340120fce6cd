package org.timeball.server.query;

import java.util.List;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.crypto.KeyRing;

/** Keys for questions. */
public final class QueryKeys {
  private QueryKeys() {}

  /** One key alone, for one thread. */
  public static PacketKeys of(SymmetricKey key) {
    return new KeyRing(List.of(key));
  }
}
