package org.timeball.checks.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.timeball.time.Leap;

/**
 * An NTP client that asks a guest several times a second, from its beginning to its end, and keeps
 * every reply. Its own thread asks; the methods may be called from another.
 */
final class ServedTime implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final NtpProbe probe;
  private final List<NtpReply> replies = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param probe belongs to this from now on
   */
  ServedTime(NtpProbe probe) {
    this.probe = probe;
    this.thread = Thread.ofPlatform().daemon().name("client").start(this::run);
  }

  /** How many replies there are; a mark to look from later. */
  synchronized int size() {
    return replies.size();
  }

  /** A copy of the replies from a mark on. */
  synchronized List<NtpReply> since(int mark) {
    return List.copyOf(replies.subList(mark, replies.size()));
  }

  /** Waits for a reply, at or after a mark, that is as it should be. */
  NtpReply await(String what, int mark, double idleSeconds, Predicate<NtpReply> wanted)
      throws Exception {
    try {
      return Patience.until(
          what, idleSeconds, () -> since(mark).stream().filter(wanted).findFirst());
    } catch (AssertionError e) {
      Optional<NtpReply> last = since(0).reversed().stream().findFirst();
      throw new AssertionError(
          e.getMessage() + "; last reply: " + last.map(NtpReply::toString).orElse("none"), e);
    }
  }

  /** Waits for a reply of a synchronised server that is near true time. */
  NtpReply awaitGood(int mark, double idleSeconds) throws Exception {
    return await(
        "a synchronised reply within 1 ms",
        mark,
        idleSeconds,
        reply -> reply.isSynchronised() && reply.leastError() < 0.001);
  }

  /**
   * Looks at every reply since a mark: whoever was told a time as true was told a true time. Where
   * the clocks of the two may have been on different sides of a leap, a reply tells nothing.
   *
   * @param slack seconds by which the server could not know better, because the pulses were late
   * @return how many were told a time
   */
  int neverLied(int mark, double slack) {
    int told = 0;
    for (NtpReply reply : since(mark)) {
      if (reply.isSynchronised()) {
        told++;
        Promise.kept(
            reply.straddlesLeap() || reply.leastError() <= reply.rootDispersion() + slack,
            "a reply is worse than it says, by more than %.1f ms: %s"
                .formatted(slack * 1e3, reply));
      } else {
        Promise.kept(
            reply.leap() == Leap.UNSYNCHRONIZED && reply.stratum() == 0,
            "a reply is neither synchronised nor says that it is not: " + reply);
      }
    }
    return told;
  }

  private void run() {
    try {
      while (!closed) {
        Optional<NtpReply> reply = probe.ask();
        synchronized (this) {
          reply.ifPresent(replies::add);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      // The guest was ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    probe.close();
  }
}
