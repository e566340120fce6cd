package org.timeball.checks.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the guest's kernel and the daemon in it have said; safe for several threads. */
final class Console implements AutoCloseable {
  private final SocketChannel channel;
  private final List<String> lines = new ArrayList<>();

  private Console(SocketChannel channel) {
    this.channel = channel;
  }

  static Console open(Path path, Process qemu) throws Exception {
    Console console = new Console(UnixSocket.connect(path, qemu));
    Thread.ofPlatform().daemon().name("console").start(console::read);
    return console;
  }

  /** How many lines there are; a mark to look from later. */
  synchronized int size() {
    return lines.size();
  }

  /** A copy of the lines from a mark on. */
  synchronized List<String> since(int mark) {
    return List.copyOf(lines.subList(mark, lines.size()));
  }

  /** The last lines, for a message. */
  synchronized List<String> last(int count) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  /**
   * Waits for a line, said or still to be said, at or after a mark.
   *
   * @param marker a regular expression for a part of the line
   */
  String await(int mark, String marker, double idleSeconds) throws Exception {
    Pattern pattern = Pattern.compile(marker);
    return Patience.until(
        "on the guest's console '" + marker + "'", idleSeconds, () -> find(mark, pattern));
  }

  private Optional<String> find(int mark, Pattern pattern) {
    return since(mark).stream().filter(line -> pattern.matcher(line).find()).findFirst();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        synchronized (this) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // The guest was ended; what it said stays.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
