package org.timeball.server.line;

import java.lang.System.Logger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.timeball.core.Event;
import org.timeball.core.ReceiverHealth;
import org.timeball.platform.line.LineListener;
import org.timeball.spi.Driver;
import org.timeball.spi.Edge;
import org.timeball.spi.Health;
import org.timeball.spi.Label;
import org.timeball.spi.LineControl;
import org.timeball.spi.Rejection;
import org.timeball.spi.Sample;
import org.timeball.spi.Sink;

/**
 * One driver between its line and the brain: hands it what the line says, and turns what it found
 * into events. Belongs to the line's thread.
 */
final class DriverHost implements LineListener, Sink {
  private static final Logger LOG = System.getLogger("timeball");

  /** How often the brain hears that a line is alive. */
  private static final long OCTETS_REPORT_NANOS = 1_000_000_000L;

  private final String line;
  private final Driver driver;
  private final Consumer<Event> brain;
  private long wakeRawNanos = Long.MAX_VALUE;
  private long octets;
  private long octetsReportRawNanos = Long.MIN_VALUE;
  private boolean faultLogged;

  /**
   * A host for the driver that {@code maker} makes.
   *
   * @param line name of the line in events, status and logs
   * @param maker makes the driver, given where it puts what it finds
   * @param brain takes events; returns at once
   */
  DriverHost(String line, Function<Sink, Driver> maker, Consumer<Event> brain) {
    this.line = line;
    this.brain = brain;
    driver = maker.apply(this);
  }

  @Override
  public void lineUp(LineControl control, long nowRawNanos) {
    brain.accept(new Event.Line(line, true, ""));
    guarded(() -> driver.onLineUp(control, nowRawNanos));
  }

  @Override
  public void lineDown(String reason, long nowRawNanos) {
    guarded(() -> driver.onLineDown(nowRawNanos));
    brain.accept(new Event.Line(line, false, reason));
  }

  @Override
  public void octets(
      byte[] received, int offset, int length, long firstRawNanos, long lastRawNanos) {
    guarded(() -> driver.onOctets(received, offset, length, firstRawNanos, lastRawNanos));
    octets += length;
    if (lastRawNanos >= octetsReportRawNanos) {
      brain.accept(new Event.Octets(line, octets));
      octets = 0;
      octetsReportRawNanos = lastRawNanos + OCTETS_REPORT_NANOS;
    }
  }

  @Override
  public void edge(Edge edge) {
    guarded(() -> driver.onEdge(edge));
  }

  @Override
  public void wake(long nowRawNanos) {
    wakeRawNanos = Long.MAX_VALUE;
    guarded(() -> driver.onTimer(nowRawNanos));
  }

  @Override
  public long nextWakeRawNanos() {
    return wakeRawNanos;
  }

  @Override
  public void label(Label label) {
    boolean vouched = label.standing() == Label.Standing.CARRIER;
    if (vouched || label.standing() == Label.Standing.NO_FIX) {
      brain.accept(
          new Event.Label(
              line,
              label.utc(),
              label.kind(),
              label.startRawNanos(),
              label.endRawNanos(),
              label.leap(),
              vouched));
    }
  }

  @Override
  public void pulse(Edge leading) {
    brain.accept(new Event.Pulse(line, leading.rawNanos(), leading.sequence()));
  }

  @Override
  public void sample(Sample sample) {
    brain.accept(
        new Event.Sample(
            line,
            sample.rawNanos(),
            sample.unixNanos(),
            sample.uncertaintySeconds(),
            sample.leap()));
  }

  @Override
  public void health(Health health) {
    brain.accept(
        new Event.Health(
            line,
            new ReceiverHealth(
                words(health.fix()),
                health.satellitesUsed(),
                health.satellitesInView(),
                health.signalDecibelHertz(),
                health.detail())));
  }

  @Override
  public void rejected(Rejection rejection) {
    brain.accept(new Event.Rejected(line, rejection.reason(), rejection.detail()));
  }

  @Override
  public void notice(String sentence) {
    LOG.log(Logger.Level.INFO, line + ": " + sentence);
  }

  @Override
  public void wakeAt(long rawNanos) {
    wakeRawNanos = rawNanos;
  }

  /** Lets the driver work; a fault of its own is logged once, counted, and costs this one call. */
  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      brain.accept(new Event.Rejected(line, "fault of the driver", e.toString()));
      if (!faultLogged) {
        faultLogged = true;
        LOG.log(
            Logger.Level.ERROR,
            line + ": the driver has a fault; what it was given is lost, the rest goes on",
            e);
      }
    }
  }

  private static String words(Health.Fix fix) {
    return switch (fix) {
      case UNKNOWN -> "unknown";
      case NONE -> "none";
      case TIME_ONLY -> "time only";
      case TWO_D -> "2D";
      case THREE_D -> "3D";
    };
  }
}
