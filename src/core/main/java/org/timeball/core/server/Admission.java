package org.timeball.core.server;

/**
 * Who is answered, and how often. Belongs to one thread; allocates nothing for a request.
 *
 * <p>Kisses of death, to those who ask too often and to those who may not ask at all, are counted
 * together against one bound: a flood from forged addresses draws no more of them than that.
 */
public final class Admission {
  private final long secret;
  private AccessPolicy policy;
  private ClientTable clients;

  /**
   * Goes by {@code policy}.
   *
   * @param secret random and known to nobody else; see {@link ClientTable}
   */
  public Admission(AccessPolicy policy, long secret) {
    this.policy = policy;
    this.secret = secret;
    clients = new ClientTable(policy.clients(), policy.limit(), secret);
  }

  /** Lets in everybody, as often as they like. */
  public static Admission open() {
    return new Admission(AccessPolicy.OPEN, 0);
  }

  /**
   * Goes by another policy from now on. What is known of clients stays, unless another number of
   * them is to be remembered.
   */
  // Another policy is another even if it says the same, and to compare them takes time.
  @SuppressWarnings("ReferenceEquality")
  public void use(AccessPolicy newPolicy) {
    if (newPolicy == policy) {
      return;
    }
    if (newPolicy.clients() != policy.clients()) {
      clients = new ClientTable(newPolicy.clients(), newPolicy.limit(), secret);
    } else {
      clients.limit(newPolicy.limit());
    }
    policy = newPolicy;
  }

  /** {@link Outcome#ANSWERED} to go on with the request, or what becomes of it instead. */
  Outcome judge(Request request) {
    return switch (policy.serving().verdict(request.sourceHigh, request.sourceLow)) {
      case ALLOW -> Outcome.ANSWERED;
      case DENY -> refuse(request);
      case LIMIT ->
          switch (clients.request(request.sourceHigh, request.sourceLow, request.handledRawNanos)) {
            case GRANTED -> Outcome.ANSWERED;
            case KISSED -> Outcome.KISSED_RATE;
            case EXCEEDED -> Outcome.RATE_EXCEEDED;
          };
    };
  }

  /** Whether the sender may ask as a peer, if it may ask at all. */
  boolean mayPeer(Request request) {
    return policy.peering().verdict(request.sourceHigh, request.sourceLow)
        == AccessList.Verdict.ALLOW;
  }

  private Outcome refuse(Request request) {
    return policy.refusal() != AccessPolicy.Refusal.SILENT
            && clients.mayKiss(request.sourceHigh, request.sourceLow, request.handledRawNanos)
        ? Outcome.KISSED_DENIED
        : Outcome.ACCESS_DENIED;
  }

  /** Kiss code for those who may not ask (RFC 5905, section 7.4). */
  int refusalCode() {
    return policy.refusal().kissCode();
  }
}
