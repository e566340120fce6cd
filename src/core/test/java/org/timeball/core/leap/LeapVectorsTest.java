package org.timeball.core.leap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.timeball.core.leap.LeapTable.BadLeapFile;
import org.timeball.corpora.Corpora;

/** Leap files as they are published, and as others test with. */
class LeapVectorsTest {
  private static LeapTable parse(String name) throws IOException, BadLeapFile {
    return LeapTable.parse(Files.readString(Corpora.path("vectors/leap/" + name)));
  }

  @Test
  void readsTheFileThatDebianShips() throws IOException, BadLeapFile {
    LeapTable table = parse("leap-seconds.list.debian");

    assertThat(table.entries()).hasSize(28);
    assertThat(table.entries().getLast().taiMinusUtc()).isEqualTo(37);
    assertThat(Instant.ofEpochSecond(table.expiresUnixSeconds())).isEqualTo("2027-06-28T00:00:00Z");
  }

  @Test
  void readsATableWithAGoodHash() throws IOException, BadLeapFile {
    assertThat(parse("ntpsec_leap_ghash.list").entries()).hasSize(10);
  }

  @Test
  void refusesATableWithABadHash() {
    assertThatThrownBy(() -> parse("ntpsec_leap_bhash.list")).hasMessageContaining("damaged");
  }

  @Test
  void refusesTablesWithoutDateOrHashBecauseATruncatedFileLooksTheSame() {
    assertThatThrownBy(() -> parse("ntpsec_leap1.list")).isInstanceOf(BadLeapFile.class);
    assertThatThrownBy(() -> parse("ntpsec_leap3.list")).isInstanceOf(BadLeapFile.class);
  }
}
