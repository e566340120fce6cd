package org.timeball.core.nts.packet;

import java.util.List;

/** What a client makes of a datagram that may be the reply to its request. */
public sealed interface NtsReply {
  /**
   * From the server that the keys are shared with, and to this very request.
   *
   * @param cookies fresh ones, each to be used once
   */
  record Authentic(List<byte[]> cookies) implements NtsReply {
    public Authentic {
      cookies = List.copyOf(cookies);
    }
  }

  /**
   * The kiss NTSN with the identifier of this request: the server, or whoever saw the request, says
   * that the cookie does not open (RFC 8915, section 5.7). Not authenticated.
   */
  record CookieRefused() implements NtsReply {}

  /** Not to be believed, whatever it says. {@code why} is a phrase for people. */
  record Ignored(String why) implements NtsReply {}
}
