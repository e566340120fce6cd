package org.timeball.server.config;

/**
 * One mistake in a configuration file.
 *
 * @param file as the operator named it
 * @param line from 1; 0 if the mistake has no place, such as a file that cannot be read
 * @param column from 1; 0 with line 0
 * @param message what is wrong, what the limit is and why, and what to do
 */
public record Problem(String file, int line, int column, String message) {
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
