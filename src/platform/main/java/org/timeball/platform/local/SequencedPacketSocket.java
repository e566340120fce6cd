package org.timeball.platform.local;

import com.sun.jna.LastErrorException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.timeball.platform.linux.Libc;

/**
 * A connected Unix socket that keeps records apart: what is sent at once is received at once.
 * Belongs to one thread.
 */
public final class SequencedPacketSocket implements Closeable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET = 5;

  /** Octets of {@code struct sockaddr_un}: the family and the path. */
  private static final int ADDRESS_OCTETS = 110;

  private static final int PATH_AT = 2;

  private final int fd;

  private SequencedPacketSocket(int fd) {
    this.fd = fd;
  }

  /**
   * Connects to a socket that somebody listens on.
   *
   * @throws IOException if nobody does, or the path is too long for a socket
   */
  public static SequencedPacketSocket connect(Path path) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= ADDRESS_OCTETS - PATH_AT) {
      throw new IOException(
          path + ": " + name.length + " octets are too many for the path of a socket; 107 fit");
    }
    byte[] address = new byte[ADDRESS_OCTETS];
    // The family is in the machine's own order, and every machine we run on is little-endian.
    address[0] = AF_UNIX;
    System.arraycopy(name, 0, address, PATH_AT, name.length);
    int fd = -1;
    try {
      fd = Libc.socket(AF_UNIX, SOCK_SEQPACKET, 0);
      Libc.connect(fd, address, address.length);
      return new SequencedPacketSocket(fd);
    } catch (LastErrorException e) {
      if (fd >= 0) {
        Libc.close(fd);
      }
      throw new IOException(path + ": nobody answers on this socket (" + e.getMessage() + ")", e);
    }
  }

  /** Sends one record. */
  public void send(byte[] octets, int length) throws IOException {
    try {
      if (Libc.write(fd, octets, length) != length) {
        throw new IOException("a record of " + length + " octets was cut short");
      }
    } catch (LastErrorException e) {
      throw new IOException("the other side is gone (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Waits for a record.
   *
   * @return its octets
   */
  public byte[] receive(int room) throws IOException {
    byte[] octets = new byte[room];
    try {
      int length = (int) Libc.read(fd, octets, room);
      if (length <= 0) {
        throw new IOException("the other side has closed the socket");
      }
      return Arrays.copyOf(octets, length);
    } catch (LastErrorException e) {
      throw new IOException("the other side is gone (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
