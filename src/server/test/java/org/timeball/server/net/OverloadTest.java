package org.timeball.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverloadTest {
  private final Overload overload = new Overload();

  private boolean batches(int count, boolean queueEmptied) {
    boolean overloaded = false;
    for (int i = 0; i < count; i++) {
      overloaded = overload.after(queueEmptied);
    }
    return overloaded;
  }

  @Test
  void burstsAreNoOverload() {
    for (int i = 0; i < 10; i++) {
      assertThat(batches(Overload.TOO_MANY - 1, false)).isFalse();
      assertThat(batches(1, true)).isFalse();
    }
  }

  @Test
  void aQueueThatIsNeverEmptyIsAnOverload() {
    assertThat(batches(Overload.TOO_MANY, false)).isTrue();
    assertThat(batches(1, false)).isTrue();
  }

  @Test
  void anOverloadEndsWithALongRestOnly() {
    batches(Overload.TOO_MANY, false);
    for (int i = 0; i < 10; i++) {
      assertThat(batches(Overload.AT_REST - 1, true)).isTrue();
      assertThat(batches(1, false)).isTrue();
    }
    assertThat(batches(Overload.AT_REST, true)).isFalse();
    assertThat(batches(Overload.TOO_MANY - 1, false)).isFalse();
    assertThat(batches(1, false)).isTrue();
  }
}
