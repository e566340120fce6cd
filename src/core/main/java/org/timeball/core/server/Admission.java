package org.timeball.core.server;

/**
 * Who is answered, and how often. Belongs to one thread; the access list may be another at each
 * request.
 */
public final class Admission {
  private final ClientTable clients;
  private AccessList access;

  /**
   * Lets in whom {@code access} lets in, and holds those it limits to the pace that {@code clients}
   * keeps.
   */
  public Admission(AccessList access, ClientTable clients) {
    this.access = access;
    this.clients = clients;
  }

  /** Lets in everybody, as often as they like. */
  public static Admission open() {
    return new Admission(
        AccessList.everybody(AccessList.Verdict.ALLOW),
        new ClientTable(ClientTable.LEAST_CLIENTS, RateLimit.DEFAULT, 0));
  }

  /** Goes by another list from now on; what is known of clients stays. */
  public void access(AccessList newAccess) {
    access = newAccess;
  }

  /** {@link Outcome#ANSWERED} to go on with the request, or what becomes of it instead. */
  Outcome judge(Request request) {
    return switch (access.verdict(request.sourceHigh, request.sourceLow)) {
      case ALLOW -> Outcome.ANSWERED;
      case DENY -> Outcome.ACCESS_DENIED;
      case LIMIT ->
          switch (clients.request(request.sourceHigh, request.sourceLow, request.handledRawNanos)) {
            case GRANTED -> Outcome.ANSWERED;
            case KISSED -> Outcome.KISSED_RATE;
            case EXCEEDED -> Outcome.RATE_EXCEEDED;
          };
    };
  }
}
