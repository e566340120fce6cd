package org.timeball.platform.line;

/**
 * A device could not be opened or was lost. The message is for the operator: subject first, then
 * what to do.
 */
public final class LineUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public LineUnavailable(String message) {
    super(message);
  }
}
