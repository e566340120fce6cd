package org.timeball.platform.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.Map;

/** The error numbers that decide something here (asm-generic/errno.h), and their meaning. */
public final class LinuxError {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOTTY = 25;
  public static final int ENOSYS = 38;
  public static final int EOPNOTSUPP = 95;
  public static final int ECONNREFUSED = 111;
  public static final int ETIMEDOUT = 110;
  public static final int ECANCELED = 125;

  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(EPERM, "operation not permitted"),
          Map.entry(ENOENT, "no such file or directory"),
          Map.entry(EINTR, "interrupted"),
          Map.entry(EIO, "input/output error"),
          Map.entry(ENXIO, "no such device or address"),
          Map.entry(EAGAIN, "would block"),
          Map.entry(EACCES, "permission denied"),
          Map.entry(EBUSY, "device or resource busy"),
          Map.entry(ENODEV, "no such device"),
          Map.entry(EINVAL, "invalid argument"),
          Map.entry(ENOTTY, "not this kind of device"),
          Map.entry(ENOSYS, "not in this kernel"),
          Map.entry(EOPNOTSUPP, "not supported"),
          Map.entry(ECONNREFUSED, "connection refused"),
          Map.entry(ETIMEDOUT, "timed out"),
          Map.entry(ECANCELED, "canceled"));

  private LinuxError() {}

  /** {@code permission denied (errno 13)}. */
  public static String describe(int errno) {
    return WORDS.getOrDefault(errno, "error") + " (errno " + errno + ")";
  }

  /** {@link #describe(int)} of what a call threw. */
  public static String describe(LastErrorException e) {
    return describe(e.getErrorCode());
  }

  /** The error number of the last call on this thread that returned -1. */
  public static int last() {
    return Native.getLastError();
  }
}
