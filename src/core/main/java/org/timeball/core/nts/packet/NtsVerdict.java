package org.timeball.core.nts.packet;

/** What a server makes of the extension fields of a request. */
public enum NtsVerdict {
  /** Nothing of NTS in it. */
  PLAIN,
  /** A unique identifier alone, without NTS: the reply repeats it (RFC 8915, section 5.3). */
  IDENTIFIED,
  /** From whom it says. */
  AUTHENTIC,
  /** The cookie does not open, or the request is not authentic: the client is told (NTSN). */
  NOT_AUTHENTIC,
  /** The keys of cookies are not there yet: no answer, and the client asks again. */
  NOT_READY,
  /** Fields of NTS that do not make a request: no answer. */
  MALFORMED
}
