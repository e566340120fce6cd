package org.timeball.platform.process;

/** The privileges of {@code capabilities(7)} that matter here. */
public enum Capability {
  /** Bind to ports below 1024. */
  NET_BIND_SERVICE(10),
  /** Bind a socket to a device. */
  NET_RAW(13),
  /** Lock memory beyond the limit. */
  IPC_LOCK(14),
  /** Real-time scheduling beyond the limit. */
  SYS_NICE(23),
  /** Set and steer the kernel's clock. */
  SYS_TIME(25);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  long mask() {
    return 1L << bit;
  }

  /** As units and tools write it, such as {@code CAP_SYS_TIME}. */
  public String word() {
    return "CAP_" + name();
  }
}
