package org.timeball.platform.pps;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import org.timeball.platform.linux.Libc;

/** The three system calls of a pulse device; a test puts a kernel of its own here. */
interface PpsSystem {
  /** The real kernel. */
  PpsSystem LINUX =
      new PpsSystem() {
        @Override
        public int open(String path) {
          return Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC);
        }

        @Override
        public void ioctl(int fd, long request, ByteBuffer argument) {
          Libc.ioctl(fd, new NativeLong(request, true), Native.getDirectBufferPointer(argument));
        }

        @Override
        public void close(int fd) {
          Libc.close(fd);
        }
      };

  int open(String path) throws LastErrorException;

  /**
   * One request to the device.
   *
   * @param argument direct, in the machine's byte order
   */
  void ioctl(int fd, long request, ByteBuffer argument) throws LastErrorException;

  void close(int fd) throws LastErrorException;
}
