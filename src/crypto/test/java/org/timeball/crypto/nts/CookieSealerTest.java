package org.timeball.crypto.nts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecrets;

class CookieSealerTest {
  private static final AeadAlgorithm SIV = AeadAlgorithm.AES_SIV_CMAC_256;
  private static final int DAY = CookieSecrets.DEFAULT_EPOCH_SECONDS;

  private final CookieSecrets secrets = CookieSecrets.startingWith(Cookies.secret(1));
  private final CookieSealer sealer = Cookies.sealer();

  @ParameterizedTest
  @EnumSource
  void opensWhatItSealed(AeadAlgorithm algorithm) {
    CookieKeyRing ring = Cookies.ring();
    byte[] keys = Cookies.keys(algorithm);
    byte[] cookie = Cookies.seal(ring, algorithm, keys);

    assertThat(cookie.length % 4).isZero();
    assertThat(opens(ring, cookie, keys)).isEqualTo(algorithm);
  }

  @Test
  void makesCookiesThatCannotBeLinked() {
    CookieKeyRing ring = Cookies.ring();
    byte[] keys = Cookies.keys(SIV);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      byte[] cookie = new byte[CookieSealer.length(SIV)];
      sealer.seal(ring, SIV, keys, cookie, 0);
      // Behind the key's name no stretch of two cookies is the same.
      for (int at = 4; at + 16 <= cookie.length; at += 16) {
        assertThat(seen.add(Arrays.toString(Arrays.copyOfRange(cookie, at, at + 16)))).isTrue();
      }
    }
  }

  @Test
  void refusesACookieWithAnyBitFlipped() {
    CookieKeyRing ring = Cookies.ring();
    byte[] keys = Cookies.keys(SIV);
    byte[] cookie = Cookies.seal(ring, SIV, keys);
    for (int bit = 0; bit < cookie.length * 8; bit++) {
      byte[] spoilt = cookie.clone();
      spoilt[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(opens(ring, spoilt, keys)).isNull();
    }
  }

  @Test
  void refusesCookiesOfAnyOtherLengthAndContent() {
    Random random = new Random(2);
    for (int length = 0; length < 400; length++) {
      byte[] cookie = new byte[length];
      random.nextBytes(cookie);
      assertThat(opens(Cookies.ring(), cookie, new byte[CookieSealer.LONGEST_KEYS])).isNull();
    }
  }

  @Test
  void opensCookiesOfTheAcceptedEpochsAndOfNoneBefore() {
    byte[] keys = Cookies.keys(SIV);
    byte[] cookie = Cookies.seal(Cookies.ring(secrets, Cookies.NOW), SIV, keys);
    for (int age = 0; age <= CookieSecrets.DEFAULT_ACCEPTED_EPOCHS; age++) {
      assertThat(opens(Cookies.ring(secrets, Cookies.NOW + (long) age * DAY), cookie, keys))
          .isEqualTo(SIV);
    }
    long tooLate = Cookies.NOW + (CookieSecrets.DEFAULT_ACCEPTED_EPOCHS + 1L) * DAY;
    assertThat(opens(Cookies.ring(secrets, tooLate), cookie, keys)).isNull();
  }

  @Test
  void opensCookiesOfAnotherServerWithTheSameSecretWhoseClockIsAheadOrBehind() {
    CookieSecrets copied = CookieSecrets.parse(secrets.text());
    byte[] keys = Cookies.keys(SIV);
    for (long ahead : new long[] {-DAY, 0, DAY}) {
      byte[] cookie = Cookies.seal(Cookies.ring(copied, Cookies.NOW + ahead), SIV, keys);
      assertThat(opens(Cookies.ring(secrets, Cookies.NOW), cookie, keys)).isEqualTo(SIV);
    }
  }

  @Test
  void opensOldCookiesAfterTheSecretWasReplacedUntilTheirTimeIsUp() {
    byte[] keys = Cookies.keys(SIV);
    byte[] cookie = Cookies.seal(Cookies.ring(secrets, Cookies.NOW), SIV, keys);
    CookieSecrets rotated = secrets.rotated(Cookies.secret(2), Cookies.NOW + 5);
    long tooLate = Cookies.NOW + (CookieSecrets.DEFAULT_ACCEPTED_EPOCHS + 1L) * DAY;

    assertThat(opens(Cookies.ring(rotated, Cookies.NOW + 5), cookie, keys)).isEqualTo(SIV);
    assertThat(opens(Cookies.ring(rotated, Cookies.NOW + 2 * DAY), cookie, keys)).isEqualTo(SIV);
    assertThat(opens(Cookies.ring(rotated, tooLate), cookie, keys)).isNull();
    // New cookies are of the new secret at once.
    byte[] fresh = Cookies.seal(Cookies.ring(rotated, Cookies.NOW + 5), SIV, keys);
    assertThat(opens(Cookies.ring(secrets, Cookies.NOW + 5), fresh, keys)).isNull();
  }

  @Test
  void refusesCookiesOfAnotherSecret() {
    byte[] keys = Cookies.keys(SIV);
    byte[] cookie =
        Cookies.seal(
            Cookies.ring(CookieSecrets.startingWith(Cookies.secret(9)), Cookies.NOW), SIV, keys);

    assertThat(opens(Cookies.ring(), cookie, keys)).isNull();
  }

  @Test
  void knowsWhenAnotherRingIsDue() {
    CookieKeyRing ring = Cookies.ring(secrets, Cookies.NOW);

    assertThat(ring.isOutdated(secrets, Cookies.NOW)).isFalse();
    assertThat(ring.isOutdated(secrets, Cookies.NOW + DAY)).isTrue();
  }

  private AeadAlgorithm opens(CookieKeyRing ring, byte[] cookie, byte[] keys) {
    byte[] opened = new byte[CookieSealer.LONGEST_KEYS];
    AeadAlgorithm algorithm = sealer.open(ring, cookie, 0, cookie.length, opened);
    if (algorithm != null) {
      assertThat(Arrays.copyOf(opened, keys.length)).isEqualTo(keys);
    }
    return algorithm;
  }
}
