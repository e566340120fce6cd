package org.timeball.server.nts.client;

/** No keys; the message is a clause for people that says why. */
public final class KeyExchangeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  KeyExchangeFailure(String reason) {
    super(reason);
  }

  KeyExchangeFailure(String reason, Throwable cause) {
    super(reason, cause);
  }
}
