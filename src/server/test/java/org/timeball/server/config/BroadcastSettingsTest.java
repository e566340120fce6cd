package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables {@code [[broadcast]]}. */
class BroadcastSettingsTest {
  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 1));

  private BroadcastSettings only(String text) throws ConfigurationException {
    return reader.parse("t.toml", text).broadcasts().getFirst();
  }

  @Test
  void sendsEvery64SecondsOnThisNetworkAloneUnlessToldOtherwise() throws Exception {
    BroadcastSettings lan = only("[[broadcast]]\nname = 'lan'\naddress = '192.0.2.255'\n");

    assertThat(lan.destination()).isEqualTo("192.0.2.255 port 123");
    assertThat(lan.group().hops()).isEqualTo(1);
    assertThat(lan.group().device()).isEmpty();
    assertThat(lan.pollExponent()).isEqualTo(6);
    assertThat(lan.version()).isEqualTo(4);
    assertThat(lan.keyId()).isZero();
    assertThat(lan.interleaved()).isFalse();
    assertThat(lan.listener()).isEmpty();
  }

  @Test
  void takesWhatItIsTold() throws Exception {
    BroadcastSettings lab =
        only(
            """
            [[listen]]
            name = 'inside'
            [[broadcast]]
            name = 'lab'
            address = 'ff02::101'
            device = 'eth0'
            port = 1123
            ttl = 5
            poll = 4
            version = 3
            listener = 'inside'
            interleaved = true
            """);

    assertThat(lab.destination()).isEqualTo("ff02:0:0:0:0:0:0:101 port 1123");
    assertThat(lab.group().hops()).isEqualTo(5);
    assertThat(lab.group().device()).isEqualTo(Optional.of("eth0"));
    assertThat(lab.pollExponent()).isEqualTo(4);
    assertThat(lab.version()).isEqualTo(3);
    assertThat(lab.listener()).isEqualTo(Optional.of("inside"));
    assertThat(lab.interleaved()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "address = '0.0.0.0'             | t.toml:3:1: address: 0.0.0.0 is one host",
        "address = '2001:db8::1'         | t.toml:3:1: address: 2001:db8:0:0:0:0:0:1 is one host",
        "address = 'ff02::101'           | t.toml:3:1: address: ff02:0:0:0:0:0:0:101 means another",
        "address = 'time.example'        | t.toml:3:1: address: 'time.example' is not an IPv4",
        "listener = 'x'                  | t.toml:3:1: there is no listener 'x'",
        "key = 5                         | t.toml:3:1: there is no key 5",
        "ttl = 0                         | t.toml:3:1: ttl: 0 is below 1",
        "poll = 18                       | t.toml:3:1: poll: 18 is above 17"
      })
  void saysWhatCannotBe(String line, String message) {
    String address = line.contains("address") ? "" : "address = '192.0.2.255'\n";
    String text = "[[broadcast]]\nname = 'lan'\n" + line.strip() + "\n" + address;
    assertThatThrownBy(() -> only(text)).hasMessageContaining(message.strip());
  }

  @Test
  void aNameMeansOneThingOnly() {
    String text =
        """
        [[source]]
        name = 'lan'
        address = '192.0.2.1'
        [[broadcast]]
        name = 'lan'
        address = '192.0.2.255'
        """;
    assertThatThrownBy(() -> only(text)).hasMessageContaining("already");
  }

  @Test
  void hasNoUseWhereNobodyVouchesForTheClock() {
    String text = "[clock]\nsteer = 'none'\n[[broadcast]]\nname = 'lan'\naddress = '192.0.2.255'\n";
    assertThatThrownBy(() -> only(text)).hasMessageContaining("has no use");
  }

  @Test
  void listensWithAKeyOnlyUnlessToldOtherwise() throws Exception {
    String network = "[[source]]\nname = 'lan'\ntype = 'broadcast'\naddress = '224.0.1.1'\n";
    assertThatThrownBy(() -> reader.parse("t.toml", network))
        .hasMessageContaining("t.toml:1:1: without the key 'key' anybody");

    SourceSettings lan =
        reader
            .parse("t.toml", network + "authenticate = false\nserver = '192.0.2.1'\n")
            .sources()
            .getFirst();
    assertThat(lan.isNetwork()).isTrue();
    assertThat(lan.isPool()).isFalse();
    assertThat(lan.poolSize()).isEqualTo(4);
    assertThat(lan.network().orElseThrow().senders()).containsExactly("192.0.2.1");
    assertThat(lan.network().orElseThrow().group().address().getPort()).isEqualTo(123);
  }

  @Test
  void networkTimeSecurityIsNotForWhatIsSentToAll() {
    String text =
        "[[source]]\nname = 'lan'\ntype = 'broadcast'\naddress = '224.0.1.1'\nnts = true\n";
    assertThatThrownBy(() -> reader.parse("t.toml", text))
        .hasMessageContaining("t.toml:5:1: Network Time Security is for servers that are asked");
  }

  @ParameterizedTest
  @CsvSource({"device = 'eth0'", "server = '192.0.2.1'", "authenticate = false", "ttl = 4"})
  void whatIsForNetworksIsRefusedElsewhere(String line) {
    String text = "[[source]]\nname = 'a'\naddress = '192.0.2.9'\n" + line + "\n";
    assertThatThrownBy(() -> reader.parse("t.toml", text))
        .hasMessageContaining("is for a source of type \"broadcast\" or \"manycast\"");
  }
}
