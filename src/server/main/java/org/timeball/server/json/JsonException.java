package org.timeball.server.json;

/** Text that is not JSON; the message says where. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
