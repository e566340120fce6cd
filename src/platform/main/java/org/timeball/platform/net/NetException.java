package org.timeball.platform.net;

import java.io.IOException;

/** A socket could not do it; the message says what, why, and what to do. */
public final class NetException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean forWantOfAWay;

  public NetException(String message) {
    this(message, false);
  }

  NetException(String message, boolean forWantOfAWay) {
    super(message);
    this.forWantOfAWay = forWantOfAWay;
  }

  /** Whether the datagram did not leave: the network is down, or knows no way there. */
  public boolean isForWantOfAWay() {
    return forWantOfAWay;
  }
}
