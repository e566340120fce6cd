package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.timeball.core.server.AccessList.Verdict.ALLOW;
import static org.timeball.core.server.AccessList.Verdict.DENY;
import static org.timeball.core.server.AccessList.Verdict.LIMIT;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.server.AccessList.Verdict;

class AccessListTest {
  private record Address(long high, long low) {
    static Address of(String text) {
      byte[] octets = InetAddress.ofLiteral(text).getAddress();
      ByteBuffer bits = ByteBuffer.wrap(octets);
      return octets.length == 4
          ? new Address(0, IpAddresses.mapped(bits.getInt()))
          : new Address(bits.getLong(), bits.getLong());
    }
  }

  private static AccessList.Builder add(
      AccessList.Builder builder, String address, int length, Verdict verdict) {
    byte[] octets = InetAddress.ofLiteral(address).getAddress();
    return builder.add(Prefix.of(octets, length), verdict);
  }

  private static Verdict verdict(AccessList list, String address) {
    Address client = Address.of(address);
    return list.verdict(client.high(), client.low());
  }

  @Test
  void saysTheSameOfEverybodyWithoutAPrefix() {
    AccessList list = AccessList.everybody(LIMIT);
    assertThat(verdict(list, "192.0.2.1")).isEqualTo(LIMIT);
    assertThat(verdict(list, "2001:db8::1")).isEqualTo(LIMIT);
  }

  @Test
  void letsTheLongestPrefixDecideInWhateverOrderTheyCame() {
    AccessList.Builder builder = new AccessList.Builder(DENY);
    add(builder, "10.1.2.3", 32, DENY);
    add(builder, "10.0.0.0", 8, LIMIT);
    add(builder, "10.1.0.0", 16, ALLOW);
    AccessList list = builder.build();
    assertThat(verdict(list, "10.1.2.3")).isEqualTo(DENY);
    assertThat(verdict(list, "10.1.2.4")).isEqualTo(ALLOW);
    assertThat(verdict(list, "10.2.0.0")).isEqualTo(LIMIT);
    assertThat(verdict(list, "11.0.0.0")).isEqualTo(DENY);
    assertThat(verdict(list, "9.255.255.255")).isEqualTo(DENY);
  }

  @Test
  void keepsTheFamiliesApart() {
    AccessList.Builder builder = new AccessList.Builder(DENY);
    add(builder, "0.0.0.0", 0, ALLOW);
    AccessList list = builder.build();
    assertThat(verdict(list, "192.0.2.1")).isEqualTo(ALLOW);
    assertThat(verdict(list, "::1")).isEqualTo(DENY);
  }

  @Test
  void seesTheBitsOnBothSidesOfTheMiddleOfAnIpv6Address() {
    AccessList.Builder builder = new AccessList.Builder(DENY);
    add(builder, "2001:db8:0:1::", 64, ALLOW);
    add(builder, "2001:db8:0:1:8000::", 65, LIMIT);
    add(builder, "2001:db8:0:1::7", 128, DENY);
    AccessList list = builder.build();
    assertThat(verdict(list, "2001:db8:0:1::8")).isEqualTo(ALLOW);
    assertThat(verdict(list, "2001:db8:0:1:8000::7")).isEqualTo(LIMIT);
    assertThat(verdict(list, "2001:db8:0:1::7")).isEqualTo(DENY);
    assertThat(verdict(list, "2001:db8:0:2::7")).isEqualTo(DENY);
  }

  @Test
  void refusesAPrefixLongerThanTheAddress() {
    AccessList.Builder builder = new AccessList.Builder(DENY);
    assertThatThrownBy(() -> add(builder, "10.0.0.0", 33, ALLOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("33 bits")
        .hasMessageContaining("32");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1, 31", "10.128.0.0, 8", "2001:db8::1, 64", "2001:db8:0:1::, 63", "::1, 0"})
  void refusesAPrefixWhoseAddressSaysMoreThanThePrefix(String address, int length) {
    AccessList.Builder builder = new AccessList.Builder(DENY);
    assertThatThrownBy(() -> add(builder, address, length, ALLOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bits behind its first " + length);
  }

  private record Rule(int prefix, int length, Verdict verdict) {
    boolean holds(int address) {
      return length == 0 || (prefix ^ address) >>> (32 - length) == 0;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void agreesWithASearchThroughAllRules(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Rule> rules = new ArrayList<>(List.of(new Rule(0, 0, DENY)));
    AccessList.Builder builder = new AccessList.Builder(DENY);
    for (int i = 0; i < 200; i++) {
      // Few first octets, so that prefixes lie within each other.
      int length = random.nextInt(33);
      int address = random.nextInt(4) << 24 | random.nextInt(1 << 24);
      Rule rule =
          new Rule(
              length == 0 ? 0 : address & -1 << (32 - length),
              length,
              List.of(ALLOW, LIMIT, DENY).get(random.nextInt(3)));
      rules.add(rule);
      builder.add(new Prefix(0, IpAddresses.mapped(rule.prefix()), length), rule.verdict());
    }
    AccessList list = builder.build();
    for (int i = 0; i < 20_000; i++) {
      int address = random.nextInt(4) << 24 | random.nextInt(1 << 24);
      Rule decides = rules.getFirst();
      for (Rule rule : rules) {
        if (rule.holds(address) && rule.length() >= decides.length()) {
          decides = rule;
        }
      }
      assertThat(list.verdict(0, IpAddresses.mapped(address)))
          .as("seed %d, address %08x", seed, address)
          .isEqualTo(decides.verdict());
    }
  }
}
