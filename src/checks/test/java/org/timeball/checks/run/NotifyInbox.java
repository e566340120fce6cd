package org.timeball.checks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service manager's end of {@code NOTIFY_SOCKET}. Java has no Unix datagram sockets, so Python
 * listens and prints what comes.
 */
final class NotifyInbox implements AutoCloseable {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** As long as the inbox listens for one message. */
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private static final String LISTEN =
      """
      import socket, sys
      inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      inbox.bind(sys.argv[1])
      inbox.settimeout(120)
      print('LISTENING', flush=True)
      while True:
          print(inbox.recv(4096).decode().replace('\\n', ' '), flush=True)
      """;

  private final Process process;
  private final BufferedReader messages;

  private NotifyInbox(Process process) {
    this.process = process;
    messages = process.inputReader();
  }

  static boolean isPossible() {
    return Files.isExecutable(PYTHON);
  }

  static NotifyInbox at(Path socket) throws IOException {
    Process process =
        new ProcessBuilder(List.of(PYTHON.toString(), "-c", LISTEN, socket.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    NotifyInbox inbox = new NotifyInbox(process);
    inbox.await("LISTENING");
    return inbox;
  }

  /**
   * Reads on until a message begins so. The inbox gives up when nothing comes, and so does this
   * when other messages go on coming, as those for the watchdog do.
   */
  String await(String begin) throws IOException {
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    for (String line = messages.readLine(); line != null; line = messages.readLine()) {
      if (line.startsWith(begin)) {
        return line;
      }
      if (System.nanoTime() - giveUp > 0) {
        break;
      }
    }
    throw new AssertionError("the service manager was never told " + begin);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
