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

/** The threads of all lines of the reference clocks. Started and closed by one thread. */
public final class RefclockLines implements AutoCloseable {
  private final List<LineThread> threads = new ArrayList<>();

  private RefclockLines() {}

  /**
   * Starts a thread for every line.
   *
   * @param refclocks as configured
   * @param opener finds the devices
   * @param rawClock reads the raw scale
   * @param brain takes events; returns at once
   */
  public static RefclockLines start(
      List<RefclockSettings> refclocks,
      LineOpener opener,
      LongSupplier rawClock,
      Consumer<Event> brain) {
    RefclockLines lines = new RefclockLines();
    for (RefclockSettings refclock : refclocks) {
      lines.add(refclock.driverLine(), refclock.driver(), opener, rawClock, brain);
      refclock
          .pulse()
          .ifPresent(pulse -> lines.add(refclock.pulseLine(), pulse, opener, rawClock, brain));
    }
    lines.threads.forEach(LineThread::start);
    return lines;
  }

  private void add(
      String line,
      DriverChoice choice,
      LineOpener opener,
      LongSupplier rawClock,
      Consumer<Event> brain) {
    DriverHost host =
        new DriverHost(line, sink -> choice.provider().create(choice.settings(), sink), brain);
    threads.add(
        new LineThread(opener.deviceFor(line, choice.line()), host, rawClock, ReopenPause.USUAL));
  }

  /** Closes every device and waits for its thread. */
  @Override
  public void close() {
    threads.forEach(LineThread::close);
    threads.clear();
  }
}
