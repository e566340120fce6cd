package org.timeball.platform.serial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OctetTimesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFirstOctetBeganAsLongAgoAsTheOctetsTake() {
    OctetTimes times = new OctetTimes(0);

    // 48 octets of ten bits at 4800 baud are a tenth of a second.
    assertThat(times.firstRawNanos(10 * SECOND, 48, 4800)).isEqualTo(10 * SECOND - SECOND / 10);
  }

  @Test
  void noOctetArrivedBeforeTheReadThatWouldHaveHadIt() {
    OctetTimes times = new OctetTimes(0);
    times.firstRawNanos(10 * SECOND, 1, 9600);

    assertThat(times.firstRawNanos(10 * SECOND + 1_000, 960, 9600)).isEqualTo(10 * SECOND);
  }

  @Test
  void aFullBufferAtTheLowestSpeedDoesNotOverflow() {
    OctetTimes times = new OctetTimes(0);

    assertThat(times.firstRawNanos(3_000 * SECOND, 8_192, 50))
        .isEqualTo(3_000 * SECOND - 1_638_400_000_000L);
  }
}
