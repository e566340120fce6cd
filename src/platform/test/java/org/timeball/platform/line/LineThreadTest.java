package org.timeball.platform.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.timeball.platform.line.RecordingListener.Happening.Down;
import org.timeball.platform.line.RecordingListener.Happening.EdgeSeen;
import org.timeball.platform.line.RecordingListener.Happening.Up;
import org.timeball.platform.line.RecordingListener.Happening.Woken;
import org.timeball.spi.Edge;
import org.timeball.spi.LineControl;

class LineThreadTest {
  private static final ReopenPause SHORT = new ReopenPause(1_000, 1_000_000);

  private final RecordingListener listener = new RecordingListener();
  private final FakeDevice device = new FakeDevice();

  private LineThread started(ReopenPause pause) {
    LineThread thread = new LineThread(device, listener, System::nanoTime, pause);
    thread.start();
    return thread;
  }

  @Test
  void aLostDeviceIsClosedAndOpenedAgain() {
    try (LineThread _ = started(SHORT)) {
      listener.next(Up.class);
      device.say("pulled");
      assertThat(listener.next(Down.class).reason()).isEqualTo("pulled");
      listener.next(Up.class);
    }
    assertThat(device.opened.get()).isEqualTo(device.closed.get());
  }

  @Test
  void aReasonThatRepeatsIsSaidOnceAndANewOneAgain() {
    device.refusals.add("not there");
    device.refusals.add("not there");
    device.refusals.add("not there");
    device.refusals.add("permission denied");
    try (LineThread _ = started(SHORT)) {
      assertThat(listener.next(Down.class).reason()).isEqualTo("not there");
      assertThat(listener.next(Down.class).reason()).isEqualTo("permission denied");
      listener.next(Up.class);
    }
  }

  @Test
  void handsOverWhatComes() {
    try (LineThread _ = started(SHORT)) {
      listener.next(Up.class);
      device.say(new Edge(5, true, 1));
      assertThat(listener.next(EdgeSeen.class).edge()).isEqualTo(new Edge(5, true, 1));
    }
  }

  @Test
  void wakesItsListenerAtTheMomentItAskedForWithTheLineUpOrDown() {
    device.refusals.add("not there");
    listener.wakeAt(System.nanoTime());
    try (LineThread _ = started(new ReopenPause(200_000_000, 200_000_000))) {
      listener.next(Down.class);
      listener.next(Woken.class);
      listener.next(Up.class);
      long asked = System.nanoTime() + 1_000_000;
      listener.wakeAt(asked);
      assertThat(listener.next(Woken.class).nowRawNanos()).isGreaterThanOrEqualTo(asked);
    }
  }

  @Test
  void closingEndsTheThreadAndTheDevice() {
    LineThread thread = started(SHORT);
    listener.next(Up.class);

    thread.close();

    assertThat(device.closed.get()).isEqualTo(1);
  }

  @Test
  void pausesGrowToTheirLimitAndNoFurther() {
    ReopenPause pause = new ReopenPause(100, 1_500);

    assertThat(
            new long[] {
              pause.after(1), pause.after(2), pause.after(3), pause.after(5), pause.after(1_000)
            })
        .containsExactly(100, 200, 400, 1_500, 1_500);
  }

  /** Opens unless it was told to refuse, and says what it was told to. */
  private static final class FakeDevice implements LineDevice {
    final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    final BlockingQueue<Object> says = new LinkedBlockingQueue<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    void say(Object edgeOrLoss) {
      says.add(edgeOrLoss);
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Connection open() throws LineUnavailable {
      String refusal = refusals.poll();
      if (refusal != null) {
        throw new LineUnavailable(refusal);
      }
      opened.incrementAndGet();
      return new Connection() {
        @Override
        public LineControl control() {
          return null;
        }

        @Override
        public void await(LineListener listener, long longestNanos) throws LineUnavailable {
          try {
            switch (says.poll(longestNanos, TimeUnit.NANOSECONDS)) {
              case Edge edge -> listener.edge(edge);
              case String loss -> throw new LineUnavailable(loss);
              case null, default -> {}
            }
          } catch (InterruptedException e) {
            throw new LineUnavailable("interrupted");
          }
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }
}
