package org.timeball.server.config;

/** A value that its key cannot take; the message says what was expected and what was found. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  BadValue(String message) {
    super(message);
  }
}
