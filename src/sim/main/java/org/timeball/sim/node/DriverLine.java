package org.timeball.sim.node;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.core.ReceiverHealth;
import org.timeball.spi.Driver;
import org.timeball.spi.DriverProvider;
import org.timeball.spi.Edge;
import org.timeball.spi.Health;
import org.timeball.spi.Label;
import org.timeball.spi.LineControl;
import org.timeball.spi.Rejection;
import org.timeball.spi.Sample;
import org.timeball.spi.Sink;
import org.timeball.testkit.TextSettings;

/**
 * A device, the kernel's buffer behind it and the driver that reads it: what the driver finds
 * becomes events of the brain, as in the daemon. A driver that throws ends the simulation.
 */
final class DriverLine implements Sink {
  private static final long SECONDS_PER_DAY = 86_400;

  /** What a kernel keeps of a serial line that nobody reads; what comes later is lost. */
  private static final int BUFFER_OCTETS = 4095;

  private static final LineControl DEAF =
      new LineControl() {
        @Override
        public void write(byte[] octets) {}

        @Override
        public void setBaud(int baud) {}

        @Override
        public void setDataTerminalReady(boolean ready) {}
      };

  private final String name;
  private final Consumer<Event> brain;
  private final Driver driver;
  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
  private Edge unreadEdge;
  private boolean reading = true;
  private boolean plugged;
  private long wakeRawNanos = Long.MAX_VALUE;

  /**
   * @param name of the line in events
   * @param driver its name, as in a configuration
   * @param notBeforeUnixSeconds no time before this day can be true
   */
  DriverLine(
      String name,
      String driver,
      Map<String, String> settings,
      long notBeforeUnixSeconds,
      Consumer<Event> brain) {
    this.name = name;
    this.brain = brain;
    DriverProvider provider = providerOf(driver);
    this.driver =
        provider.create(
            new TextSettings(
                provider.settings(),
                settings,
                LocalDate.ofEpochDay(Math.floorDiv(notBeforeUnixSeconds, SECONDS_PER_DAY))),
            this);
  }

  private static DriverProvider providerOf(String driver) {
    List<DriverProvider> installed =
        ServiceLoader.load(DriverProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    return installed.stream()
        .filter(provider -> provider.name().equals(driver))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "driver '"
                    + driver
                    + "' is not on the class path; there are "
                    + installed.stream().map(DriverProvider::name).toList()));
  }

  void plug(long nowRawNanos) {
    plugged = true;
    brain.accept(new Event.Line(name, true, ""));
    driver.onLineUp(DEAF, nowRawNanos);
  }

  void unplug(long nowRawNanos) {
    plugged = false;
    driver.onLineDown(nowRawNanos);
    brain.accept(new Event.Line(name, false, name + " was unplugged"));
  }

  /** Octets arrived; the last of them just now. */
  void octets(byte[] octets, long firstRawNanos, long nowRawNanos) {
    if (!plugged) {
      return;
    }
    if (!reading) {
      unread.write(octets, 0, Math.min(octets.length, BUFFER_OCTETS - unread.size()));
      return;
    }
    driver.onOctets(octets, 0, octets.length, firstRawNanos, nowRawNanos);
  }

  void edge(Edge edge) {
    if (!plugged) {
      return;
    }
    if (!reading) {
      unreadEdge = edge;
      return;
    }
    driver.onEdge(edge);
  }

  /** The process stands still, or goes on: then it finds what the kernel has kept. */
  void reading(boolean goesOn, long nowRawNanos) {
    reading = goesOn;
    if (reading && unreadEdge != null) {
      edge(unreadEdge);
      unreadEdge = null;
    }
    if (reading && unread.size() > 0) {
      octets(unread.toByteArray(), nowRawNanos, nowRawNanos);
      unread.reset();
    }
  }

  long nextWakeRawNanos() {
    return reading ? wakeRawNanos : Long.MAX_VALUE;
  }

  void wake(long nowRawNanos) {
    if (nowRawNanos >= wakeRawNanos) {
      wakeRawNanos = Long.MAX_VALUE;
      driver.onTimer(nowRawNanos);
    }
  }

  @Override
  public void label(Label label) {
    boolean vouched = label.standing() == Label.Standing.CARRIER;
    if (vouched || label.standing() == Label.Standing.NO_FIX) {
      brain.accept(
          new Event.Label(
              name,
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
    brain.accept(new Event.Pulse(name, leading.rawNanos(), leading.sequence()));
  }

  @Override
  public void sample(Sample sample) {
    brain.accept(
        new Event.Sample(
            name,
            sample.rawNanos(),
            sample.unixNanos(),
            sample.uncertaintySeconds(),
            sample.leap()));
  }

  @Override
  public void health(Health health) {
    brain.accept(
        new Event.Health(
            name,
            new ReceiverHealth(
                health.fix().toString(),
                health.satellitesUsed(),
                health.satellitesInView(),
                health.signalDecibelHertz(),
                health.detail())));
  }

  @Override
  public void rejected(Rejection rejection) {
    brain.accept(new Event.Rejected(name, rejection.reason(), rejection.detail()));
  }

  @Override
  public void notice(String sentence) {}

  @Override
  public void wakeAt(long rawNanos) {
    wakeRawNanos = rawNanos;
  }
}
