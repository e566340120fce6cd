package org.timeball.platform.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The socket calls of the C library. Each returns what C returns, or the negative of {@code errno}.
 *
 * <p>Pointers are passed as {@code long}: the layout is the same, and a call then neither checks
 * nor holds a memory session, and creates no object. The caller keeps the memory alive.
 */
final class SocketCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** Where the linker keeps {@code errno}: one for each thread, as in C. */
  private static final ThreadLocal<MemorySegment> CALL_STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CONNECT = handle("connect", JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      handle("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SHUTDOWN = handle("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle POLL = handle("poll", JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      handle("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SENDMMSG =
      handle("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);

  private SocketCalls() {}

  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  static int socket(int family, int type, int protocol) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) SOCKET.invokeExact(state, family, type, protocol), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int bind(int descriptor, long address, int length) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) BIND.invokeExact(state, descriptor, address, length), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int connect(int descriptor, long address, int length) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) CONNECT.invokeExact(state, descriptor, address, length), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int getsockname(int descriptor, long address, long lengthAddress) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result(
          (int) GETSOCKNAME.invokeExact(state, descriptor, address, lengthAddress), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int setsockopt(int descriptor, int level, int option, long value, int length) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result(
          (int) SETSOCKOPT.invokeExact(state, descriptor, level, option, value, length), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int shutdown(int descriptor, int how) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) SHUTDOWN.invokeExact(state, descriptor, how), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int close(int descriptor) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) CLOSE.invokeExact(state, descriptor), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int poll(long entries, long count, int timeoutMillis) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) POLL.invokeExact(state, entries, count, timeoutMillis), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int recvmmsg(int descriptor, long messages, int count, int flags) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result(
          (int) RECVMMSG.invokeExact(state, descriptor, messages, count, flags, 0L), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  static int sendmmsg(int descriptor, long messages, int count, int flags) {
    MemorySegment state = CALL_STATE.get();
    try {
      return result((int) SENDMMSG.invokeExact(state, descriptor, messages, count, flags), state);
    } catch (Throwable impossible) {
      throw unexpected(impossible);
    }
  }

  private static int result(int returned, MemorySegment state) {
    return returned >= 0 ? returned : -(int) ERRNO.get(state, 0L);
  }

  private static AssertionError unexpected(Throwable cause) {
    return new AssertionError("a call into the C library threw", cause);
  }
}
