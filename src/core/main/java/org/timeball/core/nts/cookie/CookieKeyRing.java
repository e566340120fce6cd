package org.timeball.core.nts.cookie;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.KeyDerivation;

/**
 * The keys that cookies are sealed and opened with at one moment. Immutable and shared: packet
 * threads read it through one volatile field.
 *
 * <p>A cookie names its key by 4 octets that are derived like the key, so that they tell nothing
 * about when it was made to whom does not have the secret, and a key of another secret is not taken
 * for ours.
 */
public final class CookieKeyRing {
  /** What cookies are sealed with, whatever algorithm the packets use. */
  static final AeadAlgorithm ALGORITHM = AeadAlgorithm.AES_SIV_CMAC_256;

  private static final byte[] PURPOSE = "timeball cookie key".getBytes(StandardCharsets.US_ASCII);

  private final List<Key> keys;
  private final long epoch;

  /** One key and its name. */
  static final class Key {
    private final int id;
    private final byte[] octets;

    private Key(int id, byte[] octets) {
      this.id = id;
      this.octets = octets;
    }

    int id() {
      return id;
    }

    /** For the cipher alone, which copies it. */
    byte[] octets() {
      return octets;
    }
  }

  private CookieKeyRing(List<Key> keys, long epoch) {
    this.keys = List.copyOf(keys);
    this.epoch = epoch;
  }

  /** The keys that hold at a moment. */
  public static CookieKeyRing at(
      CookieSecrets secrets, long unixSeconds, KeyDerivation derivation) {
    long now = secrets.epochAt(unixSeconds);
    List<Key> keys = new ArrayList<>();
    for (int age = 0; age <= secrets.acceptedEpochs(); age++) {
      keys.add(key(secrets.current(), now - age, derivation));
    }
    // Another member of a fleet may be a moment ahead.
    keys.add(key(secrets.current(), now + 1, derivation));
    for (CookieSecret retired : secrets.retired()) {
      long last = secrets.epochAt(retired.retiredUnixSeconds().orElseThrow());
      for (long old = now - secrets.acceptedEpochs(); old <= Math.min(last, now); old++) {
        keys.add(key(retired, old, derivation));
      }
    }
    return new CookieKeyRing(keys, now);
  }

  private static Key key(CookieSecret secret, long epoch, KeyDerivation derivation) {
    byte[] information =
        ByteBuffer.allocate(PURPOSE.length + Long.BYTES).put(PURPOSE).putLong(epoch).array();
    int length = ALGORITHM.keyOctets();
    byte[] derived = derivation.derive(secret.octets(), information, length + Integer.BYTES);
    return new Key(ByteBuffer.wrap(derived).getInt(length), Arrays.copyOf(derived, length));
  }

  /** Whether another ring is due: this one was made for an earlier epoch. */
  public boolean isOutdated(CookieSecrets secrets, long unixSeconds) {
    return secrets.epochAt(unixSeconds) != epoch;
  }

  /** The key that new cookies are sealed with. */
  Key current() {
    return keys.getFirst();
  }

  /** The key of a name, or null: a cookie of a stranger is nothing unusual. */
  Key find(int id) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).id == id) {
        return keys.get(i);
      }
    }
    return null;
  }
}
