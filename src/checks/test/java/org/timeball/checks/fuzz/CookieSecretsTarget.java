package org.timeball.checks.fuzz;

import java.util.List;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.crypto.Hkdf;

/** The file that holds the secrets of cookies. */
final class CookieSecretsTarget implements FuzzTarget {
  private static final String SECRET = "6f".repeat(CookieSecret.LENGTH);

  @Override
  public String name() {
    return "cookie-secrets";
  }

  @Override
  public String promise() {
    return "is read as it is written, or refused without a word of the secret";
  }

  @Override
  public List<byte[]> seeds() {
    CookieSecret other = CookieSecret.of(new byte[CookieSecret.LENGTH]);
    return Packets.texts(
        Packets.SECRETS.text(),
        Packets.SECRETS.rotated(other, Packets.NOW / 1_000_000_000L).text(),
        "# kept by hand\ntimeball cookie keys 1\nepoch 3600\naccept 16\nsecret "
            + SECRET
            + "\nretired 1763900000 "
            + SECRET
            + "\n");
  }

  @Override
  public void accept(byte[] octets) {
    CookieSecrets secrets;
    try {
      secrets = CookieSecrets.parse(Packets.text(octets));
    } catch (IllegalArgumentException e) {
      Promise.kept(!e.getMessage().contains(SECRET.substring(0, 16)), "told a secret");
      return;
    }
    Promise.kept(
        CookieSecrets.parse(secrets.text()).text().equals(secrets.text()), "not as written");
    CookieKeyRing ring = CookieKeyRing.at(secrets, Packets.NOW / 1_000_000_000L, new Hkdf());
    Promise.kept(
        !ring.isOutdated(secrets, Packets.NOW / 1_000_000_000L), "outdated in its own moment");
  }
}
