package org.timeball.core.server;

import java.util.Locale;

/** What became of one datagram. Each is counted. */
public enum Outcome {
  /** Answered with the time. */
  ANSWERED(true),
  /** Answered with the time, authenticated by Network Time Security. */
  ANSWERED_WITH_NTS(true),
  /** Answered with a kiss of death, code NTSN: the cookie is not ours or no longer accepted. */
  KISSED_NTSN(true),
  /** Answered with a crypto-NAK: the request's code could not be verified. */
  CRYPTO_NAK(true),
  /** Answered with a kiss of death, code RATE: the client asks too often. */
  KISSED_RATE(true),
  /** Refused by the access list and told so: a kiss of death, code DENY or RSTR. */
  KISSED_DENIED(true),
  /** Refused by the access list. */
  ACCESS_DENIED(false),
  /** Not answered because the client asks too often, and was told so or will be. */
  RATE_EXCEEDED(false),
  /** Shorter than a header. */
  TOO_SHORT(false),
  /** Longer than any request; its end was cut off. */
  TOO_LONG(false),
  /** Extension fields or code whose lengths do not add up. */
  MALFORMED_TRAILER(false),
  /** A request with Network Time Security before the keys of cookies were loaded. */
  NTS_NOT_READY(false),
  /** Fields of Network Time Security that do not make a request. */
  MALFORMED_NTS(false),
  /** A request without Network Time Security where it is required. */
  NTS_REQUIRED(false),
  /** Version 0, or one that did not exist yet. */
  UNKNOWN_VERSION(false),
  /** Not a request: some other mode. */
  NOT_A_REQUEST(false),
  /** A symmetric packet of somebody who is not a peer here and may not ask as one. */
  PEERING_REFUSED(false),
  /** A request that carries a crypto-NAK. */
  NAK_IN_REQUEST(false),
  /** From port 0, or from an address that cannot be a sender's. */
  BAD_SOURCE(false),
  /** From the very address and port that it was sent to. */
  OWN_PACKET(false),
  /** Sent to a multicast or broadcast address. */
  NOT_UNICAST(false),
  /** Sent to a group of which only servers that are synchronised answer, and this one is not. */
  NOT_SYNCHRONISED(false),
  /** Sent to a group without a code, or with one that could not be verified. */
  NOT_AUTHENTIC(false);

  private final boolean answered;

  Outcome(boolean answered) {
    this.answered = answered;
  }

  /** The name as words, for status. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** True when a reply stands in place of the request. */
  public boolean answered() {
    return answered;
  }
}
