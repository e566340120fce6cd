package org.timeball.core.brain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimerHeapTest {
  private final TimerHeap<String> heap = new TimerHeap<>();

  @Test
  void givesWhatIsDueInTheOrderOfTheirMoments() {
    heap.schedule("later", 30);
    heap.schedule("first", 10);
    heap.schedule("second", 20);

    assertThat(heap.takeDue(20)).contains("first");
    assertThat(heap.takeDue(20)).contains("second");
    assertThat(heap.takeDue(20)).isEmpty();
    assertThat(heap.nextRawNanos()).isEqualTo(30);
  }

  @Test
  void givesThoseOfTheSameMomentInTheOrderTheyWereSet() {
    heap.schedule("a", 10);
    heap.schedule("b", 10);

    assertThat(heap.takeDue(10)).contains("a");
    assertThat(heap.takeDue(10)).contains("b");
  }

  @Test
  void aKeyHasOneMomentOnly() {
    heap.schedule("a", 10);
    heap.schedule("a", 50);

    assertThat(heap.takeDue(49)).isEmpty();
    assertThat(heap.takeDue(50)).contains("a");
    assertThat(heap.takeDue(1000)).isEmpty();
  }

  @Test
  void aCancelledKeyIsNeverDue() {
    heap.schedule("a", 10);
    heap.cancel("a");

    assertThat(heap.takeDue(1000)).isEmpty();
    assertThat(heap.nextRawNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
