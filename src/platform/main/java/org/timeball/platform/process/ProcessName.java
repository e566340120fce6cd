package org.timeball.platform.process;

/**
 * A process, for messages.
 *
 * @param name the command's short name, such as {@code gpsd}
 */
public record ProcessName(long pid, String name) {
  @Override
  public String toString() {
    return name + " (process " + pid + ")";
  }
}
