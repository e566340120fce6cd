package org.timeball.platform.pty;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.timeball.platform.linux.Libc;
import org.timeball.platform.linux.LinuxError;

/**
 * Both ends of a pseudo-terminal in raw mode: octets pass unchanged, nothing is echoed. We are the
 * wire and hold the master end; a program opens {@link #path} as its serial device.
 *
 * <p>Closing it is pulling the plug: the program's device vanishes. One thread writes and one
 * reads; any may close.
 */
public final class PseudoTerminal implements AutoCloseable {
  /** Above {@code struct termios} of every C library (60 octets in glibc). */
  private static final int TERMIOS_OCTETS = 256;

  private static final int TCSANOW = 0;
  private static final int LONGEST_PATH = 128;

  private final int master;
  // Held open so that the raw mode survives while no program has the device open.
  private final int slave;
  private final Path path;
  private boolean closed;

  private PseudoTerminal(int master, int slave, Path path) {
    this.master = master;
    this.slave = slave;
    this.path = path;
  }

  /**
   * Makes a new one.
   *
   * @throws IOException if the machine has none left or does not allow it
   */
  public static PseudoTerminal open() throws IOException {
    int master = -1;
    int slave = -1;
    try {
      master = Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
      Libc.grantpt(master);
      Libc.unlockpt(master);
      Path path = nameOf(master);
      slave = Libc.open(path.toString(), Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
      makeRaw(slave);
      return new PseudoTerminal(master, slave, path);
    } catch (LastErrorException e) {
      closeQuietly(slave);
      closeQuietly(master);
      throw new IOException("cannot make a pseudo-terminal: " + LinuxError.describe(e), e);
    }
  }

  private static Path nameOf(int master) {
    byte[] name = new byte[LONGEST_PATH];
    int error = Libc.ptsname_r(master, name, name.length);
    if (error != 0) {
      throw new LastErrorException(error);
    }
    int end = 0;
    while (name[end] != 0) {
      end++;
    }
    return Path.of(new String(name, 0, end, StandardCharsets.US_ASCII));
  }

  private static void makeRaw(int fd) {
    try (Memory termios = new Memory(TERMIOS_OCTETS)) {
      termios.clear();
      Libc.tcgetattr(fd, termios);
      Libc.cfmakeraw(termios);
      Libc.tcsetattr(fd, TCSANOW, termios);
    }
  }

  /** The device for the program, such as {@code /dev/pts/3}. */
  public Path path() {
    return path;
  }

  /**
   * Sends octets to the program, as many as fit: like a UART, the wire does not wait for a program
   * that does not read.
   *
   * @return how many were taken; the rest is lost unless the caller tries again
   * @throws IOException if it was closed
   */
  public int write(byte[] octets, int offset, int length) throws IOException {
    byte[] from =
        offset == 0 ? octets : java.util.Arrays.copyOfRange(octets, offset, offset + length);
    try {
      return (int) Libc.write(checkedMaster(), from, length);
    } catch (LastErrorException e) {
      if (e.getErrorCode() == LinuxError.EAGAIN) {
        return 0;
      }
      throw new IOException(path + ": cannot write: " + LinuxError.describe(e), e);
    }
  }

  /**
   * Takes what the program wrote, waiting for the first octet.
   *
   * @return how many octets; 0 if none came in time
   * @throws IOException if it was closed
   */
  public int read(byte[] into, int timeoutMillis) throws IOException {
    try (Memory wait = new Memory(Libc.POLLFD_OCTETS)) {
      wait.setInt(0, checkedMaster());
      wait.setShort(4, Libc.POLLIN);
      wait.setShort(6, (short) 0);
      if (Libc.poll(wait, 1, timeoutMillis) == 0) {
        return 0;
      }
      return (int) Libc.read(checkedMaster(), into, into.length);
    } catch (LastErrorException e) {
      if (e.getErrorCode() == LinuxError.EAGAIN || e.getErrorCode() == LinuxError.EINTR) {
        return 0;
      }
      throw new IOException(path + ": cannot read: " + LinuxError.describe(e), e);
    }
  }

  private synchronized int checkedMaster() throws IOException {
    if (closed) {
      throw new IOException(path + " was closed");
    }
    return master;
  }

  /** Pulls the plug. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeQuietly(slave);
      closeQuietly(master);
    }
  }

  private static void closeQuietly(int fd) {
    if (fd >= 0) {
      try {
        Libc.close(fd);
      } catch (LastErrorException e) {
        // Linux frees the number whatever close says; there is nobody to tell.
      }
    }
  }
}
