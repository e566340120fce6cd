package org.timeball.checks.guest;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.timeball.sim.receiver.Burst;
import org.timeball.sim.receiver.Fault;
import org.timeball.sim.receiver.ReceiverSecond;
import org.timeball.sim.receiver.ReceiverSettings;
import org.timeball.sim.receiver.SimulatedReceiver;

/**
 * Gives a simulated receiver's pulses and sentences to a guest, at the true second. Its own thread
 * moves the lines; the methods may be called from another.
 */
final class HostReceiver implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Octets are handed over in portions of this many, about as a UART's buffer does. */
  private static final int PORTION_OCTETS = 16;

  /** About a third of a second of sentences, because each portion costs the socket much more. */
  private static final int SERIAL_BUFFER_OCTETS = 8_192;

  /** Another seed gives other jitter; nothing depends on this one. */
  private static final long SEED = 20_261_123;

  /** Something to be done at a moment of the second. */
  private record Deed(long afterSecondNanos, Act act) {}

  private interface Act {
    void perform() throws IOException;
  }

  private final TrueTime time;
  private final PulseLine pulses;
  private final SocketChannel serial;
  private final Thread thread;

  /** Of each pulse; its own lock. */
  private final List<Long> lateNanos = new ArrayList<>();

  private volatile ReceiverSettings settings;
  private volatile boolean closed;

  HostReceiver(TrueTime time, PulseLine pulses, SocketChannel serial, ReceiverSettings settings)
      throws IOException {
    this.time = time;
    this.pulses = pulses;
    this.serial = serial;
    this.settings = settings;
    serial.configureBlocking(false);
    // While nobody reads, a UART keeps 16 octets and no more; this is as near as a socket comes to
    // it.
    serial.setOption(StandardSocketOptions.SO_SNDBUF, SERIAL_BUFFER_OCTETS);
    this.thread = Thread.ofPlatform().daemon().name("receiver").start(this::run);
  }

  /** From the next second on this is wrong, and nothing else. */
  void suffer(Fault fault) {
    settings = healthy().withFault(0, Long.MAX_VALUE, fault);
  }

  /** From the next second on all is well. */
  void recover() {
    settings = healthy();
  }

  /**
   * How late pulses were because this machine was busy, in seconds: nine of ten were less late. A
   * tenth is for the server to recognise and leave out.
   */
  double lateness() {
    long[] sorted;
    synchronized (lateNanos) {
      sorted = lateNanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }
    return sorted.length == 0 ? 0 : sorted[sorted.length * 9 / 10] * 1e-9;
  }

  private ReceiverSettings healthy() {
    ReceiverSettings now = settings;
    return new ReceiverSettings(
        now.talker(),
        now.baud(),
        now.sentences(),
        now.latenessSeconds(),
        now.latenessJitterSeconds(),
        now.pulseJitterSeconds(),
        now.pulseWidthSeconds(),
        now.secondsToFix(),
        List.of());
  }

  private void run() {
    try {
      pulses.set(false);
      for (long second = time.elapsedNanos() / NANOS_PER_SECOND + 1; !closed; second++) {
        // What happens in a second does not depend on the seconds before, so a new receiver with
        // other faults is the same receiver.
        ReceiverSecond happens =
            new SimulatedReceiver(settings, SEED).second(second, time.utc(second));
        for (Deed deed : deeds(happens)) {
          waitUntil(time.nanoTimeAt(second * NANOS_PER_SECOND + deed.afterSecondNanos()));
          if (closed) {
            return;
          }
          deed.act().perform();
        }
      }
    } catch (IOException e) {
      // The guest was ended; there is nobody to tell the time to.
    }
  }

  private List<Deed> deeds(ReceiverSecond happens) {
    List<Deed> deeds = new ArrayList<>();
    happens
        .pulse()
        .ifPresent(pulse -> {
          deeds.add(new Deed(pulse.risingNanos(), () -> edge(true)));
          deeds.add(new Deed(pulse.fallingNanos(), () -> edge(false)));
        });
    happens.burst().ifPresent(burst -> addPortions(deeds, burst));
    deeds.sort(Comparator.comparingLong(Deed::afterSecondNanos));
    return deeds;
  }

  private void addPortions(List<Deed> deeds, Burst burst) {
    for (int from = 0; from < burst.length(); from += PORTION_OCTETS) {
      int until = Math.min(burst.length(), from + PORTION_OCTETS);
      ByteBuffer octets = ByteBuffer.wrap(burst.octets(from, until));
      // Never blocks: what the guest does not take in time is lost, as on a real line.
      deeds.add(new Deed(burst.arrivalNanos(until - 1), () -> serial.write(octets)));
    }
  }

  private void edge(boolean high) throws IOException {
    pulses.set(high);
    if (high) {
      long late = time.elapsedNanos() % NANOS_PER_SECOND;
      synchronized (lateNanos) {
        // Jitter may have put it before the second.
        lateNanos.add(late > NANOS_PER_SECOND - 1_000_000 ? 0 : late);
      }
    }
  }

  private static void waitUntil(long nanoTime) {
    long left;
    while ((left = nanoTime - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
