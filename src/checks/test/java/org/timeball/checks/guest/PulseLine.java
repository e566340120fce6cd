package org.timeball.checks.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guest's pulse input: a line of its GPIO controller, moved through QEMU's test interface
 * (qtest). Belongs to one thread.
 */
final class PulseLine implements AutoCloseable {
  /** The line in the device tree that {@code scripts/guest} made. */
  private static final int LINE = 5;

  private static final Pattern CONTROLLER = Pattern.compile("/(device\\[\\d+]) \\(pl061\\)");

  private final SocketChannel qtest;
  private final String controller;

  private PulseLine(SocketChannel qtest, String controller) {
    this.qtest = qtest;
    this.controller = controller;
  }

  static PulseLine open(Path qtestPath, Path monitorPath, Process qemu) throws Exception {
    String controller;
    try (SocketChannel monitor = UnixSocket.connect(monitorPath, qemu)) {
      readUntil(monitor, "(qemu) ");
      send(monitor, "info qom-tree /machine/unattached");
      Matcher tree = CONTROLLER.matcher(readUntil(monitor, "(qemu) "));
      if (!tree.find()) {
        throw new IOException("QEMU's machine has no PL061 GPIO controller");
      }
      controller = "/machine/unattached/" + tree.group(1);
    }
    return new PulseLine(UnixSocket.connect(qtestPath, qemu), controller);
  }

  /** Moves the line and returns when QEMU has done so. */
  void set(boolean high) throws IOException {
    send(qtest, "set_irq_in " + controller + " unnamed-gpio-in " + LINE + (high ? " 1" : " 0"));
    String answer = readUntil(qtest, "\n");
    if (!answer.startsWith("OK")) {
      throw new IOException("QEMU did not move the pulse line: " + answer.strip());
    }
  }

  @Override
  public void close() throws IOException {
    qtest.close();
  }

  private static void send(SocketChannel channel, String line) throws IOException {
    channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
  }

  private static String readUntil(SocketChannel channel, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(4_096);
    while (!text.toString().endsWith(end)) {
      if (channel.read(buffer.clear()) < 0) {
        throw new IOException("QEMU closed the connection after: " + text);
      }
      text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
    }
    return text.toString();
  }
}
