package org.timeball.core.leap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.timeball.core.leap.LeapTable.BadLeapFile;

class LeapTableTest {
  private static final long Y2017 = Instant.parse("2017-01-01T00:00:00Z").getEpochSecond();

  @Test
  void readsEntriesAndDates() throws BadLeapFile {
    LeapTable table =
        LeapTable.parse(
            LeapFiles.file(3_692_217_000L, 3_800_000_000L, "3644697600 36", "3692217600 37"));

    assertThat(table.entries()).hasSize(2);
    assertThat(table.leapBefore(Y2017)).isEqualTo(1);
    assertThat(table.leapBefore(Y2017 + 86_400)).isZero();
    assertThat(table.taiMinusUtcAt(Y2017 - 1)).hasValue(36);
    assertThat(table.taiMinusUtcAt(Y2017)).hasValue(37);
    assertThat(table.taiMinusUtcAt(0)).isEmpty();
    assertThat(table.coversUnixSeconds(table.expiresUnixSeconds())).isFalse();
  }

  @Test
  void acceptsAHashWordWithoutItsLeadingZeros() throws BadLeapFile {
    // Found by trying expiry dates: a word of this one's hash begins with a zero.
    for (long expires = 3_800_000_000L; ; expires++) {
      String text = LeapFiles.file(3_692_217_000L, expires, "3692217600 37");
      String shortened = text.replaceAll("([\\t ])0+([0-9a-f]+)(?=[ \\n])", "$1$2");
      if (!shortened.equals(text)) {
        assertThat(LeapTable.parse(shortened).entries()).hasSize(1);
        return;
      }
    }
  }

  @Test
  void refusesADamagedFileSayingWhatIsWrong() {
    String good = LeapFiles.file(3_692_217_000L, 3_800_000_000L, "3644697600 36", "3692217600 37");

    refused(good.replace("3692217600\t37", "3692217600\t38"), "changes by other than one second");
    refused(good.replace("3644697600", "3644611200"), "damaged");
    refused(good.substring(0, good.indexOf("#h")), "truncated");
    refused(good.replace("3644697600\t36", "3792217600\t36"), "not one");
    refused(good.replace("\t36", "\tx"), "line 3");
    refused(good.replace("#@", "#!"), "'#@' is missing");
    refused("", "no entry");
  }

  @Test
  void refusesEntriesOutOfOrder() {
    refused(
        LeapFiles.file(3_692_217_000L, 3_800_000_000L, "3692217600 37", "3644697600 36"),
        "out of order");
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> LeapTable.parse(text))
        .isInstanceOf(BadLeapFile.class)
        .hasMessageContaining(why);
  }
}
