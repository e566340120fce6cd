package org.timeball.spi;

import java.util.List;

/**
 * What a driver must be connected to. The host opens it, keeps it open, and says why if it cannot.
 */
public sealed interface LineNeed {
  /**
   * A serial line, opened at the first of its speeds; the driver tries the others with {@link
   * LineControl#setBaud}.
   *
   * @param device path such as {@code /dev/serial0}
   * @param bauds speeds to try, most likely first; never empty
   * @param format bits of a character
   */
  record Serial(String device, List<Integer> bauds, Format format) implements LineNeed {
    public Serial {
      bauds = List.copyOf(bauds);
      if (bauds.isEmpty()) {
        throw new IllegalArgumentException("a serial line needs at least one speed");
      }
    }

    /** A line of 8 data bits, no parity, one stop bit. */
    public Serial(String device, List<Integer> bauds) {
      this(device, bauds, Format.EIGHT_NONE_ONE);
    }
  }

  /** Data bits, parity and stop bits of a serial line. */
  enum Format {
    EIGHT_NONE_ONE,
    SEVEN_EVEN_ONE,
    SEVEN_EVEN_TWO,
    SEVEN_ODD_ONE
  }

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
