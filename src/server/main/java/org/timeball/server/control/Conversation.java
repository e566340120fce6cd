package org.timeball.server.control;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.timeball.server.json.Json;
import org.timeball.server.json.JsonException;

/** One client: reads a line, answers it, reads the next. Belongs to the control thread. */
final class Conversation {
  private static final Logger LOG = System.getLogger(Conversation.class.getName());

  /** The longest request has some 30 octets. */
  private static final int LONGEST_REQUEST = 4_096;

  private final SocketChannel channel;
  private final Commands commands;
  private final ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
  private ByteBuffer answer = ByteBuffer.allocate(0);
  private boolean over;
  private long lastHeardRawNanos;

  Conversation(SocketChannel channel, Commands commands, long nowRawNanos) {
    this.channel = channel;
    this.commands = commands;
    lastHeardRawNanos = nowRawNanos;
  }

  /** Reads and writes what is possible without waiting. */
  void goOn(long nowRawNanos) throws IOException {
    lastHeardRawNanos = nowRawNanos;
    if (answer.hasRemaining()) {
      channel.write(answer);
      if (answer.hasRemaining()) {
        return;
      }
    }
    int count = channel.read(request);
    if (count < 0) {
      over = true;
      return;
    }
    answerNextLine();
  }

  /** What to wait for: a client that does not take its answer is not asked for more. */
  int interests() {
    return answer.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
  }

  boolean isOver() {
    return over && !answer.hasRemaining();
  }

  long lastHeardRawNanos() {
    return lastHeardRawNanos;
  }

  private void answerNextLine() throws IOException {
    for (int end = endOfLine(); end >= 0 && !answer.hasRemaining(); end = endOfLine()) {
      String line = new String(request.array(), 0, end, StandardCharsets.UTF_8);
      request.flip().position(end + 1);
      request.compact();
      say(answerTo(line));
    }
    if (!request.hasRemaining()) {
      say(refusal("a request is one line of at most " + LONGEST_REQUEST + " octets"));
      over = true;
    }
  }

  private int endOfLine() {
    for (int i = 0; i < request.position(); i++) {
      if (request.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private Map<String, Object> answerTo(String line) {
    try {
      if (Json.read(line) instanceof Map<?, ?> map
          && map.get("command") instanceof String command) {
        Answer good = commands.carryOut(command);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ok", true);
        fields.put("report", good.report());
        fields.put("text", good.text());
        return fields;
      }
      return refusal("a request looks like {\"command\":\"status\"}");
    } catch (JsonException | Commands.Refused e) {
      return refusal(e.getMessage());
    } catch (RuntimeException e) {
      // A fault of ours; whoever asked is not to wait for ever, nor are those who ask next.
      LOG.log(Logger.Level.ERROR, "control: the command failed: " + line, e);
      return refusal("the command failed: " + e.getMessage() + "; the log of the service has more");
    }
  }

  private static Map<String, Object> refusal(String reason) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", false);
    fields.put("error", reason);
    return fields;
  }

  private void say(Map<String, Object> fields) throws IOException {
    answer = StandardCharsets.UTF_8.encode(Json.write(fields) + "\n");
    channel.write(answer);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way, and nobody waits for its answer.
      over = true;
    }
  }
}
