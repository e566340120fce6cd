package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.server.ClientTable.Pace;

class ClientTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long START = 77 * SECOND;
  private static final long FLOODER = IpAddresses.mapped(0x0A00_0001);
  private static final long POLITE = IpAddresses.mapped(0x0A00_0002);

  /**
   * One request a second for good, four at once, a kiss every ten seconds, five kisses a second.
   */
  private static final RateLimit LIMIT = new RateLimit(SECOND, 4, 10 * SECOND, 5, 64);

  private final ClientTable table = new ClientTable(1024, LIMIT, 0x5EC2_E700_0000_0001L);

  @Test
  void grantsABurstAndThenThePace() {
    for (int i = 0; i < 4; i++) {
      assertThat(table.request(0, FLOODER, START)).isEqualTo(Pace.GRANTED);
    }
    assertThat(table.request(0, FLOODER, START)).isNotEqualTo(Pace.GRANTED);
    assertThat(table.request(0, FLOODER, START + SECOND - 1)).isNotEqualTo(Pace.GRANTED);
    assertThat(table.request(0, FLOODER, START + SECOND)).isEqualTo(Pace.GRANTED);
    assertThat(table.request(0, FLOODER, START + SECOND)).isNotEqualTo(Pace.GRANTED);
  }

  @Test
  void grantsTheWholeBurstAgainAfterARest() {
    for (int i = 0; i < 10; i++) {
      table.request(0, FLOODER, START);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(table.request(0, FLOODER, START + 5 * SECOND)).isEqualTo(Pace.GRANTED);
    }
    assertThat(table.request(0, FLOODER, START + 5 * SECOND)).isNotEqualTo(Pace.GRANTED);
  }

  @Test
  void answersAFloodAtThePaceAndKissesItSeldom() {
    int granted = 0;
    int kissed = 0;
    // Ten thousand a second for ten seconds.
    for (int i = 0; i < 100_000; i++) {
      Pace pace = table.request(0, FLOODER, START + i * MILLI / 10);
      granted += pace == Pace.GRANTED ? 1 : 0;
      kissed += pace == Pace.KISSED ? 1 : 0;
    }
    assertThat(granted).isBetween(12, 14);
    assertThat(kissed).isEqualTo(1);
  }

  @Test
  void keepsTheKissesToAllTogetherBelowTheirRate() {
    int kissed = 0;
    for (int i = 0; i < 100_000; i++) {
      long client = IpAddresses.mapped(0x0B00_0000 | i % 500);
      kissed += table.request(0, client, START + i * MILLI / 10) == Pace.KISSED ? 1 : 0;
    }
    assertThat(kissed).isBetween(40, 51);
  }

  @Test
  void kissesNobodyWhenToldSo() {
    ClientTable silent = new ClientTable(64, new RateLimit(SECOND, 1, 0, 5, 64), 1);
    silent.request(0, FLOODER, START);
    assertThat(silent.request(0, FLOODER, START)).isEqualTo(Pace.EXCEEDED);
    ClientTable none = new ClientTable(64, new RateLimit(SECOND, 1, SECOND, 0, 64), 1);
    none.request(0, FLOODER, START);
    assertThat(none.request(0, FLOODER, START)).isEqualTo(Pace.EXCEEDED);
  }

  @Test
  void takesAnIpv6NetworkForOneClientAndTheNextForAnother() {
    long network = 0x2001_0DB8_0000_0001L;
    for (int host = 0; host < 4; host++) {
      assertThat(table.request(network, host, START)).isEqualTo(Pace.GRANTED);
    }
    assertThat(table.request(network, 99, START)).isNotEqualTo(Pace.GRANTED);
    assertThat(table.request(network + 1, 0, START)).isEqualTo(Pace.GRANTED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void servesPoliteClientsAmidAFloodFromAHundredThousandAddresses(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < 1_000_000; i++) {
      long now = START + i * MILLI / 50;
      table.request(0, IpAddresses.mapped(0x0C00_0000 | random.nextInt(100_000)), now);
      if (i % 20_000 == 0) {
        for (int polite = 0; polite < 50; polite++) {
          refused += table.request(0, POLITE + polite, now) == Pace.GRANTED ? 0 : 1;
        }
      }
    }
    assertThat(refused).as("refused, of 2500 polite requests").isZero();
  }

  @Test
  void stillHoldsAFlooderBackThatOthersTryToCoverUp() {
    SplittableRandom random = new SplittableRandom(7);
    int granted = 0;
    for (int i = 0; i < 100_000; i++) {
      long now = START + i * MILLI / 10;
      granted += table.request(0, FLOODER, now) == Pace.GRANTED ? 1 : 0;
      table.request(0, IpAddresses.mapped(random.nextInt()), now);
    }
    // It runs ahead of all that came once, so it is never the one that makes room.
    assertThat(granted).isLessThan(30);
  }

  @Test
  void refusesASizeThatIsNoPowerOfTwo() {
    assertThatThrownBy(() -> new ClientTable(1000, LIMIT, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of two");
  }
}
