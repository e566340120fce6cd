package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.timeball.core.server.AccessList.Verdict;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.AccessPolicy.Refusal;
import org.timeball.core.server.Prefix;
import org.timeball.core.server.RateLimit;

/** The tables {@code [[access]]}. */
class AccessSettingsTest {
  private static final Path GUIDE = Path.of("../../docs/configuration.md");
  private static final Pattern DEFAULT_IN_GUIDE =
      Pattern.compile("(?s)```toml\n(\\[\\[access]].*?)```");
  private static final String LISTENER = "[[listen]]\nname = 'a'\naccess = 'lab'\n";

  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 1));

  private AccessSettings only(String text) throws ConfigurationException {
    return reader.parse("t.toml", text).listeners().getFirst().access();
  }

  private static Verdict verdict(AccessSettings access, String address) {
    Prefix client = Prefixes.of(address);
    return access.policy().serving().verdict(client.high(), client.low());
  }

  @ParameterizedTest
  @CsvSource({
    "127.3.2.1, ALLOW",
    "192.168.7.7, ALLOW",
    "172.31.0.1, ALLOW",
    "198.18.73.2, ALLOW",
    "fd00::1, ALLOW",
    "fe80::1, ALLOW",
    "::1, ALLOW",
    "172.32.0.1, LIMIT",
    "192.0.2.1, LIMIT",
    "2001:db8::1, LIMIT"
  })
  void limitsWhatComesOverTheInternetUnlessToldOtherwise(String client, Verdict verdict)
      throws Exception {
    AccessSettings access = only("");
    assertThat(verdict(access, client)).isEqualTo(verdict);
    assertThat(access.refusal()).isEqualTo(Refusal.SILENT);
    assertThat(access.limit()).isEqualTo(RateLimit.DEFAULT);
  }

  @Test
  void theGuideShowsTheDefaultAsItIs() throws Exception {
    Matcher guide = DEFAULT_IN_GUIDE.matcher(Files.readString(GUIDE));
    assertThat(guide.find()).isTrue();
    AccessSettings shown = only(guide.group(1));

    assertThat(new HashSet<>(shown.rules()))
        .isEqualTo(new HashSet<>(AccessSettings.DEFAULT.rules()));
    assertThat(shown)
        .usingRecursiveComparison()
        .ignoringFields("rules")
        .isEqualTo(AccessSettings.DEFAULT);
  }

  @Test
  void everyKeySaysWhatItSays() throws Exception {
    AccessSettings lab =
        only(
            LISTENER
                + """
                [[access]]
                name = 'lab'
                allow = '10.1.0.0/16'
                limit = ['2001:db8::/32', '10.0.0.0/8']
                deny = ['10.1.2.3', '::1']
                otherwise = 'deny'
                refusal = 'rstr'
                interval = '2 s'
                burst = 3
                kiss-interval = '1 min'
                kisses-per-second = 7
                ipv6-prefix = 56
                clients = 1000
                """);

    assertThat(verdict(lab, "10.1.9.9")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(lab, "10.2.0.0")).isEqualTo(Verdict.LIMIT);
    assertThat(verdict(lab, "10.1.2.3")).isEqualTo(Verdict.DENY);
    assertThat(verdict(lab, "2001:db8::7")).isEqualTo(Verdict.LIMIT);
    assertThat(verdict(lab, "::1")).isEqualTo(Verdict.DENY);
    assertThat(verdict(lab, "192.0.2.1")).isEqualTo(Verdict.DENY);
    AccessPolicy policy = lab.policy();
    assertThat(policy.refusal()).isEqualTo(Refusal.RSTR);
    assertThat(policy.limit()).isEqualTo(new RateLimit(2_000_000_000L, 3, 60_000_000_000L, 7, 56));
    assertThat(policy.clients()).isEqualTo(1024);
  }

  @Test
  void eachListenerHasItsOwn() throws Exception {
    List<ListenSettings> listeners =
        reader
            .parse(
                "t",
                """
                [[access]]
                name = 'default'
                otherwise = 'allow'
                [[access]]
                name = 'lab'
                otherwise = 'deny'
                [[listen]]
                name = 'inside'
                address = '127.0.0.1'
                [[listen]]
                name = 'outside'
                address = '127.0.0.2'
                access = 'lab'
                """)
            .listeners();
    assertThat(listeners)
        .extracting(listener -> listener.access().otherwise())
        .containsExactly(Verdict.ALLOW, Verdict.DENY);
    assertThat(listeners.getFirst().addresses()).contains(InetAddress.ofLiteral("127.0.0.1"));
  }

  @Test
  void aListIsTheSameIfItSaysTheSame() throws Exception {
    String text = LISTENER + "[[access]]\nname = 'lab'\nallow = '10.0.0.0/8'\notherwise = 'deny'\n";
    assertThat(reader.parse("t", text)).isEqualTo(reader.parse("t", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow = '10.0.0.1/8'      | t.toml:6:1: allow: '10.0.0.1/8': the address has bits behind",
        "allow = '10.0.0.0/33'     | a prefix of 33 bits; such an address has 32",
        "allow = 'lan'             | 'lan' is neither an address nor a prefix",
        "allow = '10.0.0.0/x'      | is neither an address nor a prefix",
        "allow = '::1/-1'          | a prefix of -1 bits",
        "refusal = 'rst'           | did you mean 'rstr'",
        "burst = 0                 | burst: 0 is below 1",
        "interval = 0              | below 1 ms",
        "clients = 7               | clients: 7 is below 8",
        "peer = { }                | needs the key 'otherwise'",
        "peer = { otherwise = 'limit' } | 'limit' is not one of \"allow\", \"deny\"",
        "peer = { otherwise = 'deny', limit = '::/0' } | has no key 'limit'",
        "peer = { otherwise = 'deny', allow = '::1', deny = '::1' } | stands in 'allow' too",
        "peer = '10.0.0.0/8'       | 'peer' is a table",
        "status = '10.0.0.0/8'     | which this version cannot do yet",
      })
  void saysWhatIsWrongAndWhere(String line, String message) {
    assertThatThrownBy(
            () -> only(LISTENER + "[[access]]\nname='lab'\n" + line + "\notherwise='deny'\n"))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, ALLOW",
    "10.1.2.4, DENY",
    "10.2.0.1, DENY",
    "2001:db8::1, ALLOW",
    "::1, DENY"
  })
  void saysWhoMayPeerByTheLongestPrefix(String peer, Verdict verdict) throws Exception {
    AccessSettings lab =
        only(
            LISTENER
                + """
                [[access]]
                name = 'lab'
                otherwise = 'allow'
                peer = { allow = ['10.1.2.3', '2001:db8::/32'], deny = '10.1.0.0/16', otherwise = 'deny' }
                """);
    Prefix address = Prefixes.of(peer);
    assertThat(lab.policy().peering().verdict(address.high(), address.low())).isEqualTo(verdict);
  }

  @Test
  void everybodyMayPeerUnlessToldOtherwise() throws Exception {
    Prefix address = Prefixes.of("192.0.2.1");
    assertThat(only("").policy().peering().verdict(address.high(), address.low()))
        .isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aPrefixIsInOneOfTheListsOnly() {
    assertThatThrownBy(() ->
            only(
                LISTENER
                    + "[[access]]\nname='lab'\nallow='10.0.0.0/8'\ndeny='10.0.0.0/8'\n"
                    + "otherwise='limit'\n"))
        .hasMessageContaining("deny: 10.0.0.0/8 stands in 'allow' too");
  }

  @Test
  void whatIsDoneWithAllOthersIsSaidAndNotGuessed() {
    assertThatThrownBy(() -> only(LISTENER + "[[access]]\nname='lab'\nallow='10.0.0.0/8'\n"))
        .hasMessageContaining("[[access]] needs the key 'otherwise'");
  }

  @Test
  void aListenerCannotNameAListThatIsNotThere() {
    assertThatThrownBy(() -> only("[[access]]\nname='labs'\notherwise='deny'\n" + LISTENER))
        .hasMessageContaining("there is no table [[access]] named 'lab'; did you mean 'labs'?");
  }

  @Test
  void aListThatNobodyGoesByIsRefused() {
    assertThatThrownBy(() -> only("[[access]]\nname='lab'\notherwise='deny'\n"))
        .hasMessageContaining("no listener goes by the access list 'lab'");
  }
}
