package org.timeball.platform.line;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.timeball.spi.Edge;
import org.timeball.spi.LineControl;

/** Keeps what a line said; a test takes it with a generous deadline. */
public final class RecordingListener implements LineListener {
  /** One thing that happened. */
  public sealed interface Happening {
    record Up(LineControl control) implements Happening {}

    record Down(String reason) implements Happening {}

    /** Compares by identity: nothing needs more. */
    final class Octets implements Happening {
      private final byte[] octets;
      private final long firstRawNanos;
      private final long lastRawNanos;

      Octets(byte[] octets, long firstRawNanos, long lastRawNanos) {
        this.octets = octets;
        this.firstRawNanos = firstRawNanos;
        this.lastRawNanos = lastRawNanos;
      }

      public byte[] octets() {
        return octets;
      }

      public long firstRawNanos() {
        return firstRawNanos;
      }

      public long lastRawNanos() {
        return lastRawNanos;
      }
    }

    record EdgeSeen(Edge edge) implements Happening {}

    record Woken(long nowRawNanos) implements Happening {}
  }

  private static final long DEADLINE_SECONDS = 30;

  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private volatile long nextWakeRawNanos = Long.MAX_VALUE;

  @Override
  public void lineUp(LineControl control, long nowRawNanos) {
    happenings.add(new Happening.Up(control));
  }

  @Override
  public void lineDown(String reason, long nowRawNanos) {
    happenings.add(new Happening.Down(reason));
  }

  @Override
  public void octets(byte[] octets, int offset, int length, long firstRawNanos, long lastRawNanos) {
    happenings.add(
        new Happening.Octets(
            java.util.Arrays.copyOfRange(octets, offset, offset + length),
            firstRawNanos,
            lastRawNanos));
  }

  @Override
  public void edge(Edge edge) {
    happenings.add(new Happening.EdgeSeen(edge));
  }

  @Override
  public void wake(long nowRawNanos) {
    nextWakeRawNanos = Long.MAX_VALUE;
    happenings.add(new Happening.Woken(nowRawNanos));
  }

  @Override
  public long nextWakeRawNanos() {
    return nextWakeRawNanos;
  }

  public void wakeAt(long rawNanos) {
    nextWakeRawNanos = rawNanos;
  }

  /** The next happening, which must be of this kind. */
  public <T extends Happening> T next(Class<T> kind) {
    Happening happening = next();
    if (!kind.isInstance(happening)) {
      throw new AssertionError(
          "expected " + kind.getSimpleName() + ", but the line said " + happening);
    }
    return kind.cast(happening);
  }

  /** Drops what comes before the next happening of this kind. */
  public <T extends Happening> T skipTo(Class<T> kind) {
    Happening happening = next();
    while (!kind.isInstance(happening)) {
      happening = next();
    }
    return kind.cast(happening);
  }

  /** The next happening. */
  public Happening next() {
    try {
      Happening happening = happenings.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (happening == null) {
        throw new AssertionError("the line said nothing for " + DEADLINE_SECONDS + " s");
      }
      return happening;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Octets until there are this many. */
  public byte[] octets(int count) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    while (seen.size() < count) {
      seen.writeBytes(next(Happening.Octets.class).octets());
    }
    return seen.toByteArray();
  }

  /** What came so far and was not taken. */
  public List<Happening> rest() {
    List<Happening> all = new ArrayList<>();
    happenings.drainTo(all);
    return all;
  }
}
