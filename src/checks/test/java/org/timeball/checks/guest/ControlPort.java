package org.timeball.checks.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs commands in the guest, one after the other; {@code init-root} answers them. */
final class ControlPort implements AutoCloseable {
  /** How long a command takes at most on an idle machine; a Java program is the slowest. */
  private static final double IDLE_SECONDS = 12;

  /** Ends a command's output; its exit code and a line feed follow. */
  private static final char END_OF_OUTPUT = 4;

  /**
   * What a command printed.
   *
   * @param text without the last line feed
   */
  record Output(String text, int exitCode) {}

  private final SocketChannel channel;
  private final BlockingQueue<Output> answers = new ArrayBlockingQueue<>(1);
  private final Thread reader;

  private ControlPort(SocketChannel channel) {
    this.channel = channel;
    this.reader = Thread.ofPlatform().daemon().name("control-port").unstarted(this::readAnswers);
  }

  static ControlPort open(Path path, Process qemu) throws Exception {
    ControlPort port = new ControlPort(UnixSocket.connect(path, qemu));
    port.reader.start();
    return port;
  }

  /** Runs a line of shell and waits for its end, whatever its exit code. */
  Output ask(String command) throws IOException, InterruptedException {
    channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
    Output output = answers.poll(Patience.limitNanos(IDLE_SECONDS), TimeUnit.NANOSECONDS);
    if (output == null) {
      throw new AssertionError("the guest did not answer: " + command);
    }
    return output;
  }

  /** Runs a line of shell that must succeed; gives what it printed. */
  String run(String command) throws IOException, InterruptedException {
    Output output = ask(command);
    if (output.exitCode() != 0) {
      throw new AssertionError(
          "in the guest, '%s' ended with code %d: %s"
              .formatted(command, output.exitCode(), output.text()));
    }
    return output.text();
  }

  private void readAnswers() {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(8_192);
    try {
      while (channel.read(buffer.clear()) >= 0) {
        text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        int end = text.lastIndexOf(String.valueOf(END_OF_OUTPUT));
        if (end >= 0 && text.charAt(text.length() - 1) == '\n') {
          int exitCode = Integer.parseInt(text.substring(end + 1).strip());
          answers.put(new Output(text.substring(0, end).stripTrailing(), exitCode));
          text.setLength(0);
        }
      }
    } catch (IOException e) {
      // The guest was ended; whoever waits for an answer is told by the limit.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
