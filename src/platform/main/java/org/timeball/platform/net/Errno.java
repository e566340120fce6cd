package org.timeball.platform.net;

/** The error numbers of socket calls that a message or a decision needs, by name. */
enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such file or directory"),
  EINTR(4, "interrupted"),
  EAGAIN(11, "nothing there"),
  ENOMEM(12, "out of memory"),
  EACCES(13, "permission denied"),
  ENODEV(19, "no such device"),
  EINVAL(22, "invalid argument"),
  EMFILE(24, "too many open files"),
  ENOPROTOOPT(92, "option not known to this kernel"),
  EAFNOSUPPORT(97, "address family not supported"),
  EADDRINUSE(98, "address in use"),
  EADDRNOTAVAIL(99, "address not on this machine"),
  ENETDOWN(100, "network down"),
  ENETUNREACH(101, "network unreachable"),
  ENOBUFS(105, "no buffer space"),
  ENOTCONN(107, "not connected"),
  ECONNREFUSED(111, "connection refused"),
  EHOSTUNREACH(113, "no route to host");

  private final int number;
  private final String meaning;

  Errno(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** True when a call of {@link SocketCalls} returned this error. */
  boolean is(int result) {
    return result == -number;
  }

  /** True when it means that the network is down, or knows no way there. */
  static boolean isWantOfAWay(int result) {
    return ENETDOWN.is(result)
        || ENETUNREACH.is(result)
        || EHOSTUNREACH.is(result)
        || EADDRNOTAVAIL.is(result);
  }

  /** The result of a failed call of {@link SocketCalls} in words. */
  static String describe(int result) {
    for (Errno error : values()) {
      if (error.is(result)) {
        return error.meaning + " (" + error + ")";
      }
    }
    return "error " + -result;
  }
}
