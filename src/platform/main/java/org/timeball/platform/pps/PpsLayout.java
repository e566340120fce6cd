package org.timeball.platform.pps;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers and octets of the kernel's PPS interface ({@code uapi/linux/pps.h}, after RFC 2783). The
 * structures are the same on all 64-bit architectures; the request numbers carry the size of a
 * pointer, not of what it points to.
 */
final class PpsLayout {
  static final long PPS_GETPARAMS = 0x8008_70a1L;
  static final long PPS_SETPARAMS = 0x4008_70a2L;
  static final long PPS_GETCAP = 0x8008_70a3L;
  static final long PPS_FETCH = 0xc008_70a4L;

  static final int PPS_API_VERS = 1;
  static final int PPS_CAPTUREASSERT = 0x01;
  static final int PPS_CAPTURECLEAR = 0x02;
  static final int PPS_CAPTUREBOTH = PPS_CAPTUREASSERT | PPS_CAPTURECLEAR;
  static final int PPS_CANWAIT = 0x100;
  static final int PPS_TSFMT_TSPEC = 0x1000;

  /** {@code struct pps_kparams}: version, mode, and an offset for each edge. */
  static final int PARAMETERS_OCTETS = 40;

  private static final int PARAMETERS_VERSION = 0;
  private static final int PARAMETERS_MODE = 4;

  /** {@code struct pps_fdata}: a {@code pps_kinfo} of 48 octets, then the timeout. */
  static final int FETCH_OCTETS = 64;

  private static final int ASSERT_SEQUENCE = 0;
  private static final int CLEAR_SEQUENCE = 4;
  private static final int ASSERT_TIME = 8;
  private static final int CLEAR_TIME = 24;
  private static final int TIMEOUT = 48;

  /** Within {@code struct pps_ktime}: seconds, nanoseconds, flags. */
  private static final int TIME_NANOS = 8;

  private static final int TIME_FLAGS = 12;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private PpsLayout() {}

  static ByteBuffer allocate(int octets) {
    return ByteBuffer.allocateDirect(octets).order(ByteOrder.nativeOrder());
  }

  static int mode(ByteBuffer parameters) {
    return parameters.getInt(PARAMETERS_MODE);
  }

  static void setMode(ByteBuffer parameters, int mode) {
    parameters.putInt(PARAMETERS_VERSION, PPS_API_VERS);
    parameters.putInt(PARAMETERS_MODE, mode);
  }

  /** Asks to wait this long for the next edge; 0 for what there is. */
  static void setTimeout(ByteBuffer fetch, long nanos) {
    fetch.putLong(TIMEOUT, nanos / NANOS_PER_SECOND);
    fetch.putInt(TIMEOUT + TIME_NANOS, (int) (nanos % NANOS_PER_SECOND));
    fetch.putInt(TIMEOUT + TIME_FLAGS, 0);
  }

  /** The kernel's count of edges of one kind; 32 bits that wrap. */
  static long sequence(ByteBuffer fetch, boolean rising) {
    return Integer.toUnsignedLong(fetch.getInt(rising ? ASSERT_SEQUENCE : CLEAR_SEQUENCE));
  }

  /** CLOCK_REALTIME at the last edge of one kind, in Unix nanoseconds. */
  static long realtimeNanos(ByteBuffer fetch, boolean rising) {
    int at = rising ? ASSERT_TIME : CLEAR_TIME;
    return fetch.getLong(at) * NANOS_PER_SECOND + fetch.getInt(at + TIME_NANOS);
  }
}
