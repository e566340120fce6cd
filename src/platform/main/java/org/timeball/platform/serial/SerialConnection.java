package org.timeball.platform.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.timeball.platform.line.LineDevice;
import org.timeball.platform.line.LineListener;
import org.timeball.platform.line.LineUnavailable;
import org.timeball.spi.LineControl;

/** An open serial device. */
final class SerialConnection implements LineDevice.Connection {
  /** Chosen: more than arrives within a read's timeout at 460800 baud. */
  private static final int BUFFER_OCTETS = 8_192;

  private final String device;
  private final SerialPort port;
  private final LongSupplier rawClock;
  private final byte[] buffer = new byte[BUFFER_OCTETS];
  private final OctetTimes times;
  private final SerialWriter writer;

  SerialConnection(
      String device, SerialPort port, int baud, LongSupplier rawClock, IntConsumer onBaud) {
    this.device = device;
    this.port = port;
    this.rawClock = rawClock;
    times = new OctetTimes(rawClock.getAsLong());
    writer = new SerialWriter(device, port, baud, onBaud);
  }

  @Override
  public LineControl control() {
    return writer;
  }

  @Override
  public void await(LineListener listener, long longestNanos) throws LineUnavailable {
    int count = port.readBytes(buffer, buffer.length);
    long read = rawClock.getAsLong();
    if (count < 0) {
      throw new LineUnavailable(
          device + ": the line was lost (unplugged, or closed at its other end)");
    }
    if (count > 0) {
      listener.octets(buffer, 0, count, times.firstRawNanos(read, count, writer.baud()), read);
    }
  }

  @Override
  public void close() {
    writer.close();
    // Says that it is still open after a hang-up, and only this frees the descriptor.
    port.closePort();
  }
}
