package org.timeball.platform.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * The C library, as declared in its manual pages. {@code int} and pointers are what they are; sizes
 * and offsets are Java {@code long}, because only 64-bit Linux is supported. Each call that can
 * fail throws {@link LastErrorException} with the error number; see {@link LinuxError}.
 */
public final class Libc {
  public static final int O_RDONLY = 0;
  public static final int O_RDWR = 2;
  public static final int O_NOCTTY = 0x100;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;

  public static final short POLLIN = 1;
  public static final short POLLOUT = 4;

  /** Octets of {@code struct pollfd}: fd, events, revents. */
  public static final int POLLFD_OCTETS = 8;

  static {
    loadJna();
    if (Native.POINTER_SIZE != 8) {
      throw new IllegalStateException("Timeball needs a 64-bit Linux");
    }
    Native.register(Libc.class, Platform.C_LIBRARY_NAME);
  }

  /** JNA looks at these when it is loaded, and unpacks its machine code to the second. */
  private static void loadJna() {
    if (System.getProperty("jna.boot.library.path") != null
        || System.getProperty("jna.tmpdir") != null) {
      // An installation that has unpacked it already says where.
      return;
    }
    try (NativeFiles files = NativeFiles.create()) {
      System.setProperty("jna.tmpdir", files.directory().toString());
      int _ = Native.POINTER_SIZE;
      System.clearProperty("jna.tmpdir");
    }
  }

  private Libc() {}

  public static native int open(String path, int flags) throws LastErrorException;

  public static native int close(int fd) throws LastErrorException;

  public static native long read(int fd, byte[] into, long count) throws LastErrorException;

  public static native long write(int fd, byte[] from, long count) throws LastErrorException;

  public static native int poll(Pointer pollfds, long count, int timeoutMillis)
      throws LastErrorException;

  /**
   * Declared with three arguments although C says "any": on 64-bit Linux, both architectures pass
   * them the same way.
   */
  public static native int ioctl(int fd, NativeLong request, Pointer argument)
      throws LastErrorException;

  public static native int clock_adjtime(int clockId, Pointer timex) throws LastErrorException;

  public static native int timerfd_create(int clockId, int flags) throws LastErrorException;

  public static native int timerfd_settime(int fd, int flags, Pointer spec, Pointer oldSpec)
      throws LastErrorException;

  public static native int socket(int domain, int type, int protocol) throws LastErrorException;

  public static native int connect(int fd, byte[] address, int addressOctets)
      throws LastErrorException;

  public static native long sendto(
      int fd, byte[] octets, long count, int flags, byte[] address, int addressOctets)
      throws LastErrorException;

  public static native int sched_setscheduler(int thread, int policy, Pointer parameter)
      throws LastErrorException;

  public static native int sched_getscheduler(int thread) throws LastErrorException;

  public static native int sched_getparam(int thread, Pointer parameter) throws LastErrorException;

  public static native int mlockall(int flags) throws LastErrorException;

  public static native int posix_openpt(int flags) throws LastErrorException;

  public static native int grantpt(int fd) throws LastErrorException;

  public static native int unlockpt(int fd) throws LastErrorException;

  /** Returns an error number instead of setting it. */
  public static native int ptsname_r(int fd, byte[] into, long length);

  public static native int tcgetattr(int fd, Pointer termios) throws LastErrorException;

  public static native int tcsetattr(int fd, int when, Pointer termios) throws LastErrorException;

  public static native void cfmakeraw(Pointer termios);
}
