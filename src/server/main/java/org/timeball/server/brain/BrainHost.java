package org.timeball.server.brain;

import org.timeball.core.Action;
import org.timeball.core.ServerState;

/** What the brain's thread asks of the rest of the daemon. Every call returns at once. */
public interface BrainHost {
  /** Replies say this from now on. */
  void publish(ServerState state);

  /** Sends a request and tells the brain of what comes back. */
  void ask(Action.Ask question);

  /** Does what concerns a source that is a pool of servers. */
  void carryOut(Action.OfPool action);

  /** Sends a packet to a peer and tells the brain when it left. */
  void transmit(Action.Transmit packet);

  /** Keeps what was learned. */
  void keep(String learned);

  /** Sends the requests to a source there from now on. */
  void direct(Action.Direct direction);

  /** Fetches keys of Network Time Security and tells the brain what came of it. */
  void establish(Action.Establish wish);

  /** Keeps keys and cookies, readable by nobody else. */
  void keepCookies(String cookies);

  /** A turn is over; called at least twice a second while the brain is well. */
  void afterTurn();

  /** The brain came to a case that cannot be, and its thread has ended. */
  void failed(RuntimeException failure);
}
