package org.timeball.platform.clock;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import org.timeball.platform.linux.Libc;

/** The one system call that reads and steers the kernel's clock; a test has a kernel of its own. */
@FunctionalInterface
interface TimexSystem {
  /** The real kernel. */
  TimexSystem LINUX =
      octets ->
          Libc.clock_adjtime(LinuxClocks.CLOCK_REALTIME, Native.getDirectBufferPointer(octets));

  /**
   * {@code clock_adjtime(CLOCK_REALTIME, …)}.
   *
   * @param timex direct, at least 208 octets, in the machine's byte order
   * @return the clock's state, TIME_OK to TIME_ERROR
   */
  int adjust(ByteBuffer timex) throws LastErrorException;
}
