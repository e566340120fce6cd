package org.timeball.server.line;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.timeball.core.Event;
import org.timeball.platform.line.LineThread;
import org.timeball.platform.line.ReopenPause;
import org.timeball.server.config.DriverChoice;
import org.timeball.server.config.RefclockSettings;

/** The threads of all lines of the reference clocks. One thread at a time changes them. */
public final class RefclockLines implements AutoCloseable {
  private final LineOpener opener;
  private final LongSupplier rawClock;
  private final Consumer<Event> brain;
  private List<LineThread> threads = List.of();

  /**
   * No lines yet.
   *
   * @param opener finds the devices
   * @param rawClock reads the raw scale
   * @param brain takes events; returns at once
   */
  public RefclockLines(LineOpener opener, LongSupplier rawClock, Consumer<Event> brain) {
    this.opener = opener;
    this.rawClock = rawClock;
    this.brain = brain;
  }

  /** Closes the lines there were, and keeps those of these reference clocks open from now on. */
  public synchronized void serve(List<RefclockSettings> refclocks) {
    threads.forEach(LineThread::close);
    List<LineThread> fresh = new ArrayList<>();
    for (RefclockSettings refclock : refclocks) {
      fresh.add(threadOf(refclock.driverLine(), refclock.driver()));
      refclock.pulse().ifPresent(pulse -> fresh.add(threadOf(refclock.pulseLine(), pulse)));
    }
    fresh.forEach(LineThread::start);
    threads = fresh;
  }

  private LineThread threadOf(String line, DriverChoice choice) {
    DriverHost host =
        new DriverHost(line, sink -> choice.provider().create(choice.settings(), sink), brain);
    return new LineThread(opener.deviceFor(line, choice.line()), host, rawClock, ReopenPause.USUAL);
  }

  /** Closes every device and waits for its thread. */
  @Override
  public void close() {
    serve(List.of());
  }
}
