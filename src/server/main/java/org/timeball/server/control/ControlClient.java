package org.timeball.server.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.timeball.server.json.Json;
import org.timeball.server.json.JsonException;

/** Asks a running daemon. */
public final class ControlClient {
  /** The socket's name in the run directory. */
  static final String SOCKET = "control";

  /** Longer than the daemon waits for its own brain. */
  private static final long LONGEST_SILENCE_MILLIS = 15_000;

  private static final int LARGEST_PIECE = 65_536;

  private ControlClient() {}

  /** Whether a daemon answers at this socket; a file left behind by an earlier run does not. */
  static boolean answersAt(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a daemon answers in this run directory. */
  public static boolean answersIn(Path directory) {
    return answersAt(directory.resolve(SOCKET));
  }

  /** Why no daemon answers in any of these run directories, and what to do. */
  public static String whyNobodyAnswers(List<Path> directories) {
    for (Path directory : directories) {
      Path socket = directory.resolve(SOCKET);
      if (Files.exists(socket) && !Files.isWritable(socket)) {
        return socket
            + ": permission denied. The user '"
            + System.getProperty("user.name")
            + "' must be in the group of the service; or use sudo.";
      }
    }
    return "no timeball is running: nobody answers in "
        + directories.stream().map(Path::toString).collect(Collectors.joining(" or "))
        + ". Start the service (systemctl start timeball), try 'timeball demo', or name its run"
        + " directory with --directory.";
  }

  /**
   * Sends one command and waits for its answer.
   *
   * @param directory the run directory
   * @throws IOException if nobody answers; the message names the socket
   * @throws Commands.Refused if the daemon did not do it
   */
  public static Answer ask(Path directory, String command) throws IOException, Commands.Refused {
    Path socket = directory.resolve(SOCKET);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Selector selector = Selector.open()) {
      String request = Json.write(Map.of("command", command)) + "\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return answerIn(readLine(channel, selector));
    } catch (JsonException e) {
      throw new IOException(socket + ": the answer is " + e.getMessage(), e);
    } catch (NoAnswer e) {
      throw new IOException(socket + ": " + e.getMessage(), e);
    }
  }

  /** The daemon gave no answer; the message says in which way, without the socket's name. */
  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswer(String how) {
      super(how);
    }
  }

  private static String readLine(SocketChannel channel, Selector selector)
      throws IOException, NoAnswer {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(LARGEST_PIECE);
    while (true) {
      if (selector.select(LONGEST_SILENCE_MILLIS) == 0) {
        throw new NoAnswer(
            "the daemon accepted the command and has been silent for %d s; it is overloaded or stuck"
                    .formatted(LONGEST_SILENCE_MILLIS / 1_000)
                + " (its log may say why), and restarting it helps");
      }
      selector.selectedKeys().clear();
      int count = channel.read(piece.clear());
      if (count < 0) {
        throw new NoAnswer("the daemon closed the connection without an answer");
      }
      line.write(piece.array(), 0, count);
      // An answer is one line: what ends a piece with a line feed ends the answer.
      if (count > 0 && piece.get(count - 1) == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
    }
  }

  private static Answer answerIn(String line) throws JsonException, IOException, Commands.Refused {
    if (!(Json.read(line) instanceof Map<?, ?> fields)) {
      throw new IOException("the answer is no JSON object");
    }
    if (Boolean.TRUE.equals(fields.get("ok"))) {
      return new Answer(fields.get("report"), String.valueOf(fields.get("text")));
    }
    throw new Commands.Refused(String.valueOf(fields.get("error")));
  }
}
