package org.timeball.platform.pps;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.timeball.platform.line.LineDevice;
import org.timeball.platform.line.LineListener;
import org.timeball.platform.line.LineUnavailable;
import org.timeball.spi.Edge;
import org.timeball.spi.LineControl;

/**
 * A pulse device without hardware: edges are put in by a simulated receiver and come out as from a
 * {@link PulseDevice}. Safe for several threads.
 */
public final class SimulatedPulses implements LineDevice {
  /** Chosen: seconds of pulses. A line that nobody reads loses edges, as the kernel's does. */
  private static final int LONGEST_QUEUE = 16;

  private final String name;
  private final BlockingQueue<Edge> edges = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final AtomicLong rises = new AtomicLong();
  private final AtomicLong falls = new AtomicLong();
  private volatile boolean pluggedIn = true;

  /**
   * @param name for messages
   */
  public SimulatedPulses(String name) {
    this.name = name;
  }

  /**
   * An edge happened; to be called in the order in which they do.
   *
   * @param rawNanos when
   */
  public void edge(long rawNanos, boolean rising) {
    long sequence = (rising ? rises : falls).incrementAndGet();
    if (pluggedIn) {
      boolean _ = edges.offer(new Edge(rawNanos, rising, sequence));
    }
  }

  /** Takes the device away, or brings it back. */
  public void plug(boolean in) {
    pluggedIn = in;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Connection open() throws LineUnavailable {
    checkPluggedIn();
    edges.clear();
    return new Connection() {
      @Override
      public LineControl control() {
        return NoControl.INSTANCE;
      }

      @Override
      public void await(LineListener listener, long longestNanos) throws LineUnavailable {
        try {
          Edge edge = edges.poll(longestNanos, TimeUnit.NANOSECONDS);
          if (edge != null) {
            listener.edge(edge);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        checkPluggedIn();
      }

      @Override
      public void close() {}
    };
  }

  private void checkPluggedIn() throws LineUnavailable {
    if (!pluggedIn) {
      throw new LineUnavailable(name + ": no such device (the simulated pulses are unplugged)");
    }
  }
}
