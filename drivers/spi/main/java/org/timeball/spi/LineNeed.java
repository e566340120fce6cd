package org.timeball.spi;

import java.util.List;

/**
 * What a driver must be connected to. The host opens it, keeps it open, and says why if it cannot.
 */
public sealed interface LineNeed {
  /**
   * A serial line, 8 data bits, no parity, one stop bit.
   *
   * @param device path such as {@code /dev/serial0}
   * @param bauds speeds to try, most likely first; never empty
   */
  record Serial(String device, List<Integer> bauds) implements LineNeed {}

  /**
   * A pulse device of RFC 2783, such as {@code /dev/pps0}, with both edges where the hardware has
   * them.
   */
  record Pulses(String device) implements LineNeed {}

  /**
   * A modem that obeys DTR, on a serial line.
   *
   * @param device path such as {@code /dev/ttyUSB0}
   * @param baud speed between computer and modem
   */
  record Modem(String device, int baud) implements LineNeed {}

  /**
   * A stream socket to a local daemon, such as gpsd: {@code host:port} or the path of a Unix
   * socket.
   */
  record Socket(String address) implements LineNeed {}

  /** A System V shared memory segment, polled: the octets are the whole segment. */
  record SharedMemory(int key, int octets) implements LineNeed {}
}
