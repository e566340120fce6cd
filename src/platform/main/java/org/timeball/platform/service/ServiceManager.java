package org.timeball.platform.service;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.timeball.platform.linux.Libc;
import org.timeball.platform.linux.LinuxError;

/**
 * Tells the service manager how this service is: the protocol of {@code sd_notify(3)}, one datagram
 * for each message to the Unix socket named by NOTIFY_SOCKET. Without that variable every message
 * goes nowhere. Safe for several threads.
 */
public final class ServiceManager {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** {@code sockaddr_un}: family, then a path of at most 108 octets. */
  private static final int FAMILY_OCTETS = 2;

  private static final int LONGEST_PATH = 108;

  private final byte[] address;
  private final OptionalLong watchdogNanos;
  private volatile String problem;

  private ServiceManager(byte[] address, OptionalLong watchdogNanos, String problem) {
    this.address = address;
    this.watchdogNanos = watchdogNanos;
    this.problem = problem;
  }

  /**
   * As the environment says.
   *
   * @param environment such as {@link System#getenv()}
   */
  public static ServiceManager of(Map<String, String> environment) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    OptionalLong watchdog = watchdogNanos(environment);
    if (socket.isEmpty()) {
      return new ServiceManager(new byte[0], OptionalLong.empty(), null);
    }
    byte[] path = socket.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = socket.startsWith("@");
    if (!isAbstract && !socket.startsWith("/")) {
      return new ServiceManager(
          new byte[0],
          OptionalLong.empty(),
          "NOTIFY_SOCKET is '" + socket + "', which is no Unix socket; nothing is told");
    }
    if (path.length >= LONGEST_PATH) {
      return new ServiceManager(
          new byte[0],
          OptionalLong.empty(),
          "NOTIFY_SOCKET has " + path.length + " octets, above 107; nothing is told");
    }
    // An abstract name starts with NUL and ends with the address; a path ends with NUL.
    ByteBuffer buffer =
        ByteBuffer.allocate(FAMILY_OCTETS + path.length + (isAbstract ? 0 : 1))
            .order(ByteOrder.nativeOrder())
            .putShort((short) AF_UNIX)
            .put(path);
    if (isAbstract) {
      buffer.put(FAMILY_OCTETS, (byte) 0);
    }
    return new ServiceManager(buffer.array(), watchdog, null);
  }

  private static OptionalLong watchdogNanos(Map<String, String> environment) {
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    if (!pid.isEmpty() && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
      return OptionalLong.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 0 ? OptionalLong.of(micros * 1_000) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether there is a manager that listens. */
  public boolean isPresent() {
    return address.length > 0;
  }

  /** How often {@link #alive} must be called at the latest: half of what the manager waits. */
  public OptionalLong aliveIntervalNanos() {
    return watchdogNanos.isPresent()
        ? OptionalLong.of(watchdogNanos.getAsLong() / 2)
        : OptionalLong.empty();
  }

  /** Why messages do not arrive, if they do not. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** The service answers. */
  public void ready(String status) {
    send("READY=1\nSTATUS=" + oneLine(status));
  }

  /** A line for {@code systemctl status}. */
  public void status(String status) {
    send("STATUS=" + oneLine(status));
  }

  /** The service is not stuck. */
  public void alive() {
    send("WATCHDOG=1");
  }

  /** The configuration is being read again; {@link #ready} follows. */
  public void reloading() {
    // nanoTime is CLOCK_MONOTONIC on Linux, the clock that the protocol asks for.
    send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1_000);
  }

  /** The service shuts down. */
  public void stopping() {
    send("STOPPING=1");
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }

  private void send(String message) {
    if (address.length == 0) {
      return;
    }
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    try {
      int socket = Libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      try {
        Libc.sendto(socket, octets, octets.length, MSG_NOSIGNAL, address, address.length);
        problem = null;
      } finally {
        Libc.close(socket);
      }
    } catch (LastErrorException e) {
      problem = "the service manager cannot be told: " + LinuxError.describe(e);
    }
  }
}
