package org.timeball.platform.net;

import java.io.IOException;

/** A socket could not do it; the message says what, why, and what to do. */
public final class NetException extends IOException {
  private static final long serialVersionUID = 1L;

  public NetException(String message) {
    super(message);
  }
}
