package org.timeball.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLimitTest {
  private final BatchLimit limit = new BatchLimit(16);

  @Test
  void staysSmallWhileTheQueueIsShort() {
    for (int i = 0; i < 100; i++) {
      limit.taken(1 + i % 3);
      assertThat(limit.next()).isEqualTo(4);
    }
  }

  @Test
  void growsWhileBatchesAreFullButNotBeyondTheMost() {
    limit.taken(4);
    assertThat(limit.next()).isEqualTo(8);
    limit.taken(8);
    limit.taken(16);
    assertThat(limit.next()).isEqualTo(16);
  }

  @Test
  void shrinksAgainWhenTheQueueIsShort() {
    limit.taken(4);
    limit.taken(8);
    limit.taken(7);
    assertThat(limit.next()).isEqualTo(8);
    limit.taken(1);
    limit.taken(1);
    assertThat(limit.next()).isEqualTo(4);
  }
}
