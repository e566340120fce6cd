package org.timeball.platform.pps;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.line.LineDevice;
import org.timeball.platform.line.LineListener;
import org.timeball.platform.line.LineUnavailable;
import org.timeball.platform.linux.LinuxError;
import org.timeball.spi.Edge;
import org.timeball.spi.LineControl;

/**
 * An open pulse device.
 *
 * <p>The traps: the kernel keeps the last edge of each kind for ever, so what is there at the
 * opening is of unknown age; an edge between two fetches does not wake the second one; a timeout
 * below a tick of the kernel's timer does not wait at all; a device that vanished goes on timing
 * out.
 */
final class PulseConnection implements LineDevice.Connection {
  /** Above a tick of the slowest kernel (100 Hz), or a fetch would not wait. */
  private static final long SHORTEST_WAIT_NANOS = 20_000_000L;

  private static final long LONGEST_WAIT_NANOS = 100_000_000L;

  /** How often a silent device is looked for: a second or so, when pulses should come. */
  private static final int SILENT_FETCHES_BETWEEN_LOOKS = 10;

  private final Path device;
  private final int fd;
  private final PacketClock clock;
  private final PpsSystem system;
  private final ByteBuffer fetched = PpsLayout.allocate(PpsLayout.FETCH_OCTETS);
  private final Optional<Object> identity;
  private long assertSequence;
  private long clearSequence;
  private int silentFetches;

  PulseConnection(Path device, int fd, PacketClock clock, PpsSystem system) {
    this.device = device;
    this.fd = fd;
    this.clock = clock;
    this.system = system;
    identity = identityOf(device);
    fetch(0);
    assertSequence = PpsLayout.sequence(fetched, true);
    clearSequence = PpsLayout.sequence(fetched, false);
  }

  @Override
  public LineControl control() {
    return NoControl.INSTANCE;
  }

  @Override
  public void await(LineListener listener, long longestNanos) throws LineUnavailable {
    try {
      if (!fetch(Math.clamp(longestNanos, SHORTEST_WAIT_NANOS, LONGEST_WAIT_NANOS))) {
        // An edge may have come between the last fetch and this one.
        fetch(0);
      }
    } catch (LastErrorException e) {
      throw new LineUnavailable(device + ": the device was lost: " + LinuxError.describe(e));
    }
    if (!handOver(listener)) {
      silentFetches++;
      if (silentFetches % SILENT_FETCHES_BETWEEN_LOOKS == 0
          && !identityOf(device).equals(identity)) {
        throw new LineUnavailable(device + ": the device was lost (its kernel driver has gone)");
      }
    }
  }

  /** Whether an edge came in time. */
  private boolean fetch(long timeoutNanos) {
    PpsLayout.setTimeout(fetched, timeoutNanos);
    try {
      system.ioctl(fd, PpsLayout.PPS_FETCH, fetched);
      return true;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == LinuxError.ETIMEDOUT || e.getErrorCode() == LinuxError.EINTR) {
        return false;
      }
      throw e;
    }
  }

  private boolean handOver(LineListener listener) {
    long newAssert = PpsLayout.sequence(fetched, true);
    long newClear = PpsLayout.sequence(fetched, false);
    boolean rose = newAssert != assertSequence;
    boolean fell = newClear != clearSequence;
    assertSequence = newAssert;
    clearSequence = newClear;
    long roseAt = rose ? clock.placedRawNanos(PpsLayout.realtimeNanos(fetched, true)) : 0;
    long fellAt = fell ? clock.placedRawNanos(PpsLayout.realtimeNanos(fetched, false)) : 0;
    boolean fellFirst = rose && fell && fellAt < roseAt;
    if (fellFirst) {
      handOver(listener, fellAt, false, newClear);
    }
    if (rose) {
      handOver(listener, roseAt, true, newAssert);
    }
    if (fell && !fellFirst) {
      handOver(listener, fellAt, false, newClear);
    }
    return rose || fell;
  }

  private static void handOver(
      LineListener listener, long rawNanos, boolean rising, long sequence) {
    // An edge that cannot be placed is left out; the gap in the sequence tells.
    if (rawNanos != PacketClock.UNPLACED) {
      listener.edge(new Edge(rawNanos, rising, sequence));
    }
  }

  private static Optional<Object> identityOf(Path device) {
    try {
      return Optional.ofNullable(Files.readAttributes(device, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      system.close(fd);
    } catch (LastErrorException e) {
      // Linux frees the number whatever close says; there is nobody to tell.
    }
  }
}
