package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransmitLeadTest {
  private static final int BUSY = TransmitLead.restClass(0);
  private static final int IDLE = TransmitLead.restClass(1_000_000_000L);

  private final TransmitLead lead = new TransmitLead();

  /** Microseconds to the wire with a tail, as a virtual machine showed them. */
  private static long timeToTheWire(SplittableRandom random, long typicalNanos) {
    long tail = random.nextInt(50) == 0 ? random.nextLong(30_000) : 0;
    return typicalNanos + (long) (Math.abs(random.nextGaussian()) * typicalNanos / 4) + tail;
  }

  private void learn(int restClass, long typicalNanos, int times, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < times; i++) {
      lead.learn(restClass, timeToTheWire(random, typicalNanos));
    }
  }

  @Test
  void addsNothingBeforeItHasSeenEnough() {
    learn(IDLE, 4_000, 5, 1);
    assertThat(lead.leadNanos(IDLE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void takesMostOfTheTimeToTheWireAndSeldomTooMuch(long seed) {
    learn(IDLE, 4_000, 2_000, seed);
    SplittableRandom random = new SplittableRandom(seed + 1_000);
    long[] left = new long[1_000];
    Arrays.setAll(left, i -> timeToTheWire(random, 4_000) - lead.leadNanos(IDLE));

    Arrays.sort(left);
    assertThat(left[500]).as("of 4.7 µs, the half of the replies is off by").isLessThan(900);
    assertThat(left[100]).as("nine in ten are not too late").isPositive();
    assertThat(left[0]).as("the worst is too late by").isGreaterThan(-200);
  }

  @Test
  void keepsIdleAndBusyApart() {
    learn(IDLE, 4_000, 500, 1);
    learn(BUSY, 1_500, 500, 2);
    assertThat(lead.leadNanos(IDLE)).isBetween(3_700, 4_700);
    assertThat(lead.leadNanos(BUSY)).isBetween(1_300, 1_800);
  }

  @Test
  void comesDownFastAndGoesUpSlowly() {
    learn(IDLE, 4_000, 500, 1);
    int before = lead.leadNanos(IDLE);
    learn(IDLE, 1_000, 60, 2);
    assertThat(lead.leadNanos(IDLE)).isLessThan(before - 2_000);
    learn(IDLE, 8_000, 60, 3);
    assertThat(lead.leadNanos(IDLE)).isLessThan(before);
  }

  @Test
  void passesOverStampsThatCannotBe() {
    learn(IDLE, 4_000, 500, 1);
    int before = lead.leadNanos(IDLE);
    lead.learn(IDLE, -1);
    lead.learn(IDLE, Long.MIN_VALUE);
    lead.learn(IDLE, 3_600_000_000_000L);
    assertThat(lead.leadNanos(IDLE)).isEqualTo(before);
  }

  @Test
  void addsNothingAfterItForgot() {
    learn(IDLE, 4_000, 500, 1);
    lead.forget();
    assertThat(lead.leadNanos(IDLE)).isZero();
    learn(IDLE, 1_000, 50, 2);
    assertThat(lead.leadNanos(IDLE)).isBetween(900, 1_300);
  }
}
