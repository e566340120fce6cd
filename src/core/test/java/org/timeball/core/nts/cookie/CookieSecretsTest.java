package org.timeball.core.nts.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieSecretsTest {
  private static final String SECRET = "0123456789abcdef".repeat(4);

  @Test
  void readsWhatItWrote() {
    CookieSecrets secrets =
        CookieSecrets.startingWith(secret(1))
            .rotated(secret(2), 1_000_000)
            .rotated(secret(3), 1_000_100);

    assertThat(CookieSecrets.parse(secrets.text()).text()).isEqualTo(secrets.text());
    assertThat(secrets.text().lines().filter(l -> l.startsWith("retired"))).hasSize(2);
  }

  @Test
  void forgetsARetiredSecretWhenNoCookieOfItCountsAnyMore() {
    long start = 1_000_000;
    CookieSecrets rotated = CookieSecrets.startingWith(secret(1)).rotated(secret(2), start);
    long later = start + (CookieSecrets.DEFAULT_ACCEPTED_EPOCHS + 1L) * 86_400;

    assertThat(rotated.retired()).hasSize(1);
    assertThat(rotated.rotated(secret(3), later).text()).doesNotContain(secret(1).hex());
  }

  @Test
  void keepsAFewRetiredSecretsHoweverOftenItIsRotated() {
    CookieSecrets secrets = CookieSecrets.startingWith(secret(0));
    for (int i = 1; i < 50; i++) {
      secrets = secrets.rotated(secret(i), 1_000_000 + i);
    }
    assertThat(secrets.retired()).hasSize(4);
    assertThat(CookieSecrets.parse(secrets.text()).text()).isEqualTo(secrets.text());
  }

  @Test
  void passesOverRemarks() {
    String text = "# for all members\n\ntimeball cookie keys 1\n# in use\nsecret " + SECRET + "\n";

    assertThat(CookieSecrets.parse(text).current().hex()).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the text is empty",
        "hello|line 1: expected 'timeball cookie keys 1'",
        "timeball cookie keys 1|no line with the secret in use",
        "timeball cookie keys 1;epoch 5|line 2: epoch takes one number from 60 to",
        "timeball cookie keys 1;epoch soon|line 2: expected a number after epoch",
        "timeball cookie keys 1;accept 99|line 2: accept takes one number from 1 to 16",
        "timeball cookie keys 1;secret abcd|line 2: expected 64 hexadecimal digits",
        "timeball cookie keys 1;password x|line 2: expected epoch, accept, secret or retired",
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(() -> CookieSecrets.parse(text.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void neverShowsASecretInAMessage() {
    String spoilt = SECRET.substring(0, 63) + "x";

    assertThatThrownBy(() -> CookieSecrets.parse("timeball cookie keys 1\nsecret " + spoilt + "\n"))
        .hasMessageNotContaining("0123456")
        .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("0123456"));
    assertThat(secret(7).toString()).doesNotContain("07");
  }

  private static CookieSecret secret(int seed) {
    byte[] octets = new byte[CookieSecret.LENGTH];
    octets[0] = (byte) seed;
    octets[31] = 7;
    return CookieSecret.of(octets);
  }
}
