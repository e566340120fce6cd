package org.timeball.core.server;

import org.timeball.time.ReferenceId;

/**
 * Who is answered, how often, and what the others hear. Immutable and shared between threads.
 *
 * @param serving who may ask for the time
 * @param peering who of these may also ask as a peer that nobody configured: those allowed
 * @param refusal what those hear that may not
 * @param limit the pace of those whom {@code serving} limits
 * @param clients how many of these are remembered at once: a power of two, at least {@link
 *     ClientTable#LEAST_CLIENTS}
 */
public record AccessPolicy(
    AccessList serving, AccessList peering, Refusal refusal, RateLimit limit, int clients) {

  /** What is said to a client that the access list denies. */
  public enum Refusal {
    /** Nothing: whoever asks for others, with a forged address, gets nothing sent to them. */
    SILENT(0),
    /** Kiss code DENY, which makes an honest client go away (RFC 5905, section 7.4). */
    DENY(ReferenceId.ofText("DENY").bits()),
    /** Kiss code RSTR: the same, said to be for local policy. */
    RSTR(ReferenceId.ofText("RSTR").bits());

    private final int kissCode;

    Refusal(int kissCode) {
      this.kissCode = kissCode;
    }

    int kissCode() {
      return kissCode;
    }
  }

  /** Everybody is answered, as often as they like. */
  public static final AccessPolicy OPEN =
      new AccessPolicy(
          AccessList.everybody(AccessList.Verdict.ALLOW),
          AccessList.everybody(AccessList.Verdict.ALLOW),
          Refusal.SILENT,
          RateLimit.DEFAULT,
          ClientTable.LEAST_CLIENTS);

  /** Whoever may ask for the time may ask as a peer. */
  public AccessPolicy(AccessList serving, Refusal refusal, RateLimit limit, int clients) {
    this(serving, AccessList.everybody(AccessList.Verdict.ALLOW), refusal, limit, clients);
  }
}
