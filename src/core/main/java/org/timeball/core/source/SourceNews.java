package org.timeball.core.source;

import org.timeball.core.Notices;

/** What operators were told last about a server, so that they are told only what has changed. */
final class SourceNews {
  /** A server that has not answered yet is not worth a word before so many requests. */
  private static final int FIRST_REQUESTS = 8;

  private SourceState said = SourceState.UNPROVEN;

  /** Tells of a new state; of one that was told, nothing. */
  void tell(SourceState state, ServerSource server, Notices notices) {
    if (state == said) {
      return;
    }
    String name = server.name();
    switch (state) {
      case READY ->
          notices.info(
              "%s: usable, %s, stratum %d, delay %.6f s",
              name, server.address(), server.stratum(), server.delay().orElse(0.0));
      case UNREACHABLE -> {
        if (said == SourceState.UNPROVEN && server.tally().asked() <= FIRST_REQUESTS) {
          return;
        }
        notices.warning("%s: does not answer", name);
      }
      case UNSYNCHRONISED -> notices.warning("%s: says that it is not synchronised", name);
      case LOOP -> notices.warning("%s: follows us, so we do not follow it", name);
      case SMEARED ->
          notices.warning(
              "%s: spreads a leap second over hours, so what it shows is not UTC; not followed"
                  + " while it does",
              name);
      case TOO_DISTANT -> notices.warning("%s: its root distance is too large", name);
      case OFFLINE, REFUSED, NOT_CERTIFIED, UNPROVEN, JUMPED, COASTING -> {}
    }
    said = state;
  }
}
