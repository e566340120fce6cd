package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searching for servers in a multicast group, and being found there. */
class ManycastSettingsTest {
  private static final String SERVER =
      """
      [[manycast]]
      name = 'lan'
      address = '239.255.75.1'
      authenticate = false
      """;
  private static final String CLIENT =
      """
      [[source]]
      name = 'lan'
      type = 'manycast'
      address = '239.255.75.1'
      authenticate = false
      """;

  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 1));

  private Configuration read(String text) throws ConfigurationException {
    return reader.parse("t.toml", text);
  }

  @Test
  void isFoundAtThePortOfTheListenerThatItNames() throws Exception {
    String listeners =
        """
        [[listen]]
        name = 'a'
        [[listen]]
        name = 'b'
        port = 1123
        """;
    ManycastSettings lan =
        read(listeners + SERVER + "listener = 'b'\ndevice = 'eth0'\n").manycasts().getFirst();

    assertThat(lan.name()).isEqualTo("lan");
    assertThat(lan.group().address().getPort()).isEqualTo(1123);
    assertThat(lan.group().device()).contains("eth0");
    assertThat(lan.listener().name()).isEqualTo("b");
    assertThat(lan.authenticate()).isFalse();
  }

  @Test
  void searchesForFourServersOnThisNetworkAloneUnlessToldOtherwise() throws Exception {
    SourceSettings lan = read(CLIENT).sources().getFirst();
    assertThat(lan.isPool()).isTrue();
    assertThat(lan.isNetwork()).isFalse();
    assertThat(lan.searched()).isTrue();
    assertThat(lan.poolSize()).isEqualTo(4);
    assertThat(lan.network().orElseThrow().group().hops()).isEqualTo(1);

    SourceSettings far = read(CLIENT + "ttl = 16\ncount = 3\n").sources().getFirst();
    assertThat(far.poolSize()).isEqualTo(3);
    assertThat(far.network().orElseThrow().group().hops()).isEqualTo(16);
  }

  @Test
  void bothSidesNeedKeysUnlessToldOtherwise() {
    assertThatThrownBy(() -> read(SERVER.replace("authenticate = false\n", "")))
        .hasMessageContaining("t.toml:1:1: without a table [keys] no search");
    assertThatThrownBy(() -> read(CLIENT.replace("authenticate = false\n", "")))
        .hasMessageContaining("t.toml:1:1: without the key 'key' anybody");
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.255", "192.0.2.1", "2001:db8::1"})
  void anAddressThatIsNoGroupIsRefused(String address) {
    assertThatThrownBy(() -> read(SERVER.replace("239.255.75.1", address)))
        .hasMessageContaining("t.toml:3:1: address: ")
        .hasMessageContaining("is no multicast group");
    assertThatThrownBy(() -> read(CLIENT.replace("239.255.75.1", address)))
        .hasMessageContaining("t.toml:4:1: address: ")
        .hasMessageContaining("is no multicast group");
  }

  @Test
  void aListenerThatWantsNetworkTimeSecurityCannotBeFound() {
    String text =
        """
        [nts]
        certificate = 'c'
        key = 'k'
        [[listen]]
        name = 'a'
        nts = 'required'
        """;
    assertThatThrownBy(() -> read(text + SERVER)).hasMessageContaining("a search cannot have");
  }
}
