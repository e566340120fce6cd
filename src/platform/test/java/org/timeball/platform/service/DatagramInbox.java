package org.timeball.platform.service;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.timeball.platform.linux.Libc;

/** The service manager's end: a bound Unix datagram socket. */
final class DatagramInbox implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;

  /** What only this end calls. */
  private static final class Calls {
    static {
      Native.register(Calls.class, Platform.C_LIBRARY_NAME);
    }

    static native int bind(int fd, byte[] address, int length) throws LastErrorException;
  }

  private final int socket;

  DatagramInbox(String name) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = path[0] == '@';
    ByteBuffer address =
        ByteBuffer.allocate(2 + path.length + (isAbstract ? 0 : 1)).order(ByteOrder.nativeOrder());
    address.putShort((short) 1).put(path);
    if (isAbstract) {
      address.put(2, (byte) 0);
    }
    socket = Libc.socket(1, 2, 0);
    Calls.bind(socket, address.array(), address.capacity());
  }

  String next() {
    try (Memory wait = new Memory(Libc.POLLFD_OCTETS)) {
      wait.setInt(0, socket);
      wait.setShort(4, Libc.POLLIN);
      wait.setShort(6, (short) 0);
      if (Libc.poll(wait, 1, DEADLINE_MILLIS) == 0) {
        throw new AssertionError("no message came");
      }
      byte[] message = new byte[512];
      int length = (int) Libc.read(socket, message, message.length);
      return new String(message, 0, length, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    Libc.close(socket);
  }
}
