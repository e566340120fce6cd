package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeServerBrainTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void synchronisesFromATerribleClockWithinTenSeconds(long seed) {
    World world = World.seeded(seed).with(World.one());
    world.receiver();

    world.until(10);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.error()).isBetween(-100e-6, 100e-6);

    world.until(120);
    assertThat(world.isServed()).as(world.log()).isTrue();
    assertThat(world.error()).isBetween(-3e-6, 3e-6);
    assertThat(world.dishonestMoments).isZero();
    assertThat(world.steps).hasSize(1);
  }

  @Test
  void staysUnsynchronisedUntilThreeLabelsAgree() {
    World world = World.seeded(1).with(World.one());
    world.receiver();
    world.until(4.0);
    assertThat(world.isServed()).isFalse();
    assertThat(world.served.stratum()).isEqualTo(16);
  }
}
