package org.timeball.platform.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.function.LongSupplier;
import org.timeball.platform.line.LineDevice;
import org.timeball.platform.line.LineUnavailable;
import org.timeball.platform.process.OpenFiles;
import org.timeball.platform.process.ProcessName;

/** A serial device: 8 data bits, no parity, one stop bit, no flow control. */
public final class SerialLine implements LineDevice {
  private static final int DATA_BITS = 8;

  /** A read returns with what there is, or after this time with nothing. */
  private static final int READ_TIMEOUT_MILLIS = 100;

  private final Path device;
  private final LongSupplier rawClock;
  // The last speed that was set: a line that comes back starts with what worked.
  private volatile int baud;

  /**
   * @param device such as {@code /dev/serial0}; a symbolic link is followed at each opening
   * @param baud speed to start with
   * @param rawClock reads the raw scale
   */
  public SerialLine(Path device, int baud, LongSupplier rawClock) {
    if (baud <= 0) {
      throw new IllegalArgumentException(device + ": a speed of " + baud + " baud cannot be");
    }
    this.device = device;
    this.baud = baud;
    this.rawClock = rawClock;
  }

  @Override
  public String name() {
    return device.toString();
  }

  @Override
  public Connection open() throws LineUnavailable {
    Path real;
    try {
      real = device.toRealPath();
    } catch (IOException e) {
      throw notThere();
    }
    SerialLibrary.load();
    SerialPort port;
    try {
      port = SerialPort.getCommPort(real.toString());
    } catch (SerialPortInvalidPortException e) {
      throw Files.exists(device)
          ? new LineUnavailable(device + ": is not a serial device")
          : notThere();
    }
    port.setComPortParameters(baud, DATA_BITS, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    // A write returns once the octets have left, so that a change of speed comes after them.
    port.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING,
        READ_TIMEOUT_MILLIS,
        0);
    if (!port.openPort(0)) {
      throw refused(real, port.getLastErrorCode());
    }
    // What piled up while nobody read is of no use: its time of arrival is lost.
    port.flushIOBuffers();
    return new SerialConnection(device.toString(), port, baud, rawClock, this::rememberBaud);
  }

  private void rememberBaud(int newBaud) {
    baud = newBaud;
  }

  private LineUnavailable notThere() {
    return new LineUnavailable(
        device
            + ": no such device. Is the receiver plugged in, and the UART enabled? Run"
            + " scripts/timeball doctor.");
  }

  private LineUnavailable refused(Path real, int errno) {
    if (!Files.isReadable(real) || !Files.isWritable(real)) {
      return new LineUnavailable(
          device
              + ": permission denied. The user '"
              + System.getProperty("user.name")
              + "' must be in group '"
              + groupOf(real)
              + "'; run scripts/timeball doctor.");
    }
    List<ProcessName> holders = new OpenFiles().holdersOf(real);
    if (!holders.isEmpty()) {
      return new LineUnavailable(
          device
              + ": already in use by "
              + holders.getFirst()
              + ". Stop it, or name another line.");
    }
    return new LineUnavailable(
        device
            + ": cannot be opened as a serial line (error "
            + errno
            + "). Another program may hold it, or it is no serial device.");
  }

  private static String groupOf(Path file) {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "dialout";
    }
  }
}
