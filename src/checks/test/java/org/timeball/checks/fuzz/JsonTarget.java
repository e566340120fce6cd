package org.timeball.checks.fuzz;

import java.util.List;
import org.timeball.server.json.Json;
import org.timeball.server.json.JsonException;

/** A request to the control socket. */
final class JsonTarget implements FuzzTarget {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public String promise() {
    return "is the same after it was written and read again, or refused with the place";
  }

  @Override
  public List<byte[]> seeds() {
    return Packets.texts(
        "{\"command\":\"status\"}",
        "{\"ok\":true,\"report\":{\"offset\":-1.5e-6,\"sources\":[1,2,null]},\"text\":\"a\\nb\"}",
        "[\"\\ud83d\\ude00\\u0000\", 9223372036854775807, -0.0, 1e400, [[[]]], {}]",
        " false ");
  }

  @Override
  public void accept(byte[] octets) {
    Object value;
    try {
      value = Json.read(Packets.text(octets));
    } catch (JsonException e) {
      Promise.kept(e.getMessage() != null, "refused without a reason");
      return;
    }
    String written = Json.write(value);
    Promise.kept(written.indexOf('\n') < 0, "more than one line");
    try {
      Promise.kept(Json.write(Json.read(written)).equals(written), "another value: " + written);
    } catch (JsonException e) {
      throw new AssertionError("cannot read what it wrote: " + written, e);
    }
  }
}
