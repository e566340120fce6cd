package org.timeball.core.nts.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.ValidityPeriod;

class KeptTest {
  private static Kept kept(String name) {
    AeadAlgorithm siv = AeadAlgorithm.AES_SIV_CMAC_256;
    return new Kept(
        name,
        "[2001:db8::1]:4460",
        true,
        new KeyGrant(
            new NtsKeys(
                siv,
                new byte[32],
                new byte[] {
                  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
                  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
                }),
            List.of(new byte[100], new byte[] {1, 2, 3}),
            "2001:db8::1",
            4123,
            new ValidityPeriod(1, 2)));
  }

  @Test
  void readsWhatItWrote() {
    List<Kept> read = Kept.parse(Kept.text(List.of(kept("a"), kept("b"))));

    assertThat(read).extracting(Kept::source).containsExactly("a", "b");
    Kept b = read.getLast();
    assertThat(b.server()).isEqualTo("[2001:db8::1]:4460");
    assertThat(b.confirmed()).isTrue();
    assertThat(b.grant().keys().both()).isEqualTo(kept("b").grant().keys().both());
    assertThat(b.grant().cookies()).hasSize(2);
    assertThat(b.grant().port()).isEqualTo(4123);
    assertThat(b.grant().certificate()).isEqualTo(new ValidityPeriod(1, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "timeball-nts-cookies 2\n", "timeball-nts-cookies 1"})
  void anotherTextHasNoCookies(String text) {
    assertThat(Kept.parse(text)).isEmpty();
  }

  @Test
  void aDamagedServerIsLeftOutAndTheOthersAreRead() {
    String text = Kept.text(List.of(kept("a"), kept("b"), kept("c")));
    for (String damage : List.of("server b [", "server b x")) {
      assertThat(Kept.parse(text.replace("server b [2001:db8::1]:4460 confirmed 15", damage)))
          .extracting(Kept::source)
          .containsExactly("a", "c");
    }
    assertThat(Kept.parse(text.replace(" 4123 ", " 70000 "))).isEmpty();
  }
}
