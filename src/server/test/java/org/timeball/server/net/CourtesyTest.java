package org.timeball.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourtesyTest {
  private final Kernel kernel = new Kernel();
  private final Courtesy courtesy = new Courtesy(kernel);

  /** Schedules one thread, by a priority or, if that is 0, as an ordinary one. */
  private static final class Kernel implements Courtesy.Scheduling {
    private int priority;
    private int asked;

    @Override
    public int stepBack() {
      asked++;
      int before = priority;
      priority = 0;
      return before;
    }

    @Override
    public boolean stepForward(int wanted) {
      assertThat(wanted).isPositive();
      priority = wanted;
      return true;
    }
  }

  private void batches(int count, boolean queueEmptied) {
    for (int i = 0; i < count; i++) {
      courtesy.after(queueEmptied);
    }
  }

  private void overload() {
    batches(Overload.TOO_MANY, false);
  }

  private void rest() {
    batches(Overload.AT_REST, true);
  }

  @Test
  void aThreadIsOrdinaryWhileItHasTooMuchToDo() {
    kernel.priority = 10;
    batches(Overload.TOO_MANY - 1, false);
    assertThat(kernel.priority).isEqualTo(10);
    batches(1, false);
    assertThat(kernel.priority).isZero();
    assertThat(courtesy.isOverloaded()).isTrue();

    batches(1, false);
    batches(Overload.AT_REST, true);
    overload();
    assertThat(kernel.priority).isZero();
    batches(Overload.AT_REST - 1, true);
    assertThat(kernel.priority).isZero();
    batches(1, true);
    assertThat(kernel.priority).isEqualTo(10);
    assertThat(courtesy.isOverloaded()).isFalse();
  }

  @Test
  void whoIsCalledForwardMeanwhileStepsBackAgain() {
    kernel.priority = 10;
    overload();
    kernel.priority = 10;
    batches(Courtesy.BETWEEN_LOOKS, false);
    assertThat(kernel.priority).isZero();
    rest();
    assertThat(kernel.priority).isEqualTo(10);
  }

  @Test
  void whoGotItsPriorityInTheOverloadHasItAfterwards() {
    overload();
    kernel.priority = 12;
    batches(Courtesy.BETWEEN_LOOKS, false);
    assertThat(kernel.priority).isZero();
    rest();
    assertThat(kernel.priority).isEqualTo(12);
  }

  @Test
  void anOrdinaryThreadStaysOne() {
    overload();
    batches(10 * Courtesy.BETWEEN_LOOKS, false);
    rest();
    assertThat(kernel.priority).isZero();

    kernel.priority = 10;
    overload();
    rest();
    kernel.priority = 0;
    overload();
    rest();
    assertThat(kernel.priority).isZero();
  }

  @Test
  void theKernelIsAskedNowAndThen() {
    overload();
    batches(10 * Courtesy.BETWEEN_LOOKS, false);
    assertThat(kernel.asked).isEqualTo(11);
    rest();
    int asked = kernel.asked;
    batches(10 * Courtesy.BETWEEN_LOOKS, true);
    assertThat(kernel.asked).isEqualTo(asked);
  }
}
