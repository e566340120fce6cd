package org.timeball.server.nts.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.timeball.core.Action;
import org.timeball.core.Event;

/**
 * Fetches keys when the brain wants them, each on a thread of its own, because names and handshakes
 * may take seconds. Safe for several threads.
 */
public final class KeyFetcher {
  private final LongSupplier rawNanos;
  private final Consumer<Event> brain;
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();
  private final Map<String, Member> members = new ConcurrentHashMap<>();
  private volatile Map<String, KeyServer> servers = Map.of();

  private record Member(String pool, String address) {}

  /**
   * Knows no server yet.
   *
   * @param brain takes events; returns at once
   */
  public KeyFetcher(LongSupplier rawNanos, Consumer<Event> brain) {
    this.rawNanos = rawNanos;
    this.brain = brain;
  }

  /** Keys can be fetched for these sources from now on, and for no others. */
  public void serve(Map<String, KeyServer> all) {
    servers = Map.copyOf(all);
  }

  /** Follows which servers of pools are asked. */
  public void carryOut(Action.OfPool action) {
    switch (action) {
      case Action.LookUp _ -> {}
      case Action.Enlist(String source, String pool, String address) ->
          members.put(source, new Member(pool, address));
      case Action.Dismiss(String source) -> members.remove(source);
    }
  }

  private Optional<KeyServer> server(String source) {
    Member member = members.get(source);
    return member == null
        ? Optional.ofNullable(servers.get(source))
        : Optional.ofNullable(servers.get(member.pool())).map(pool -> pool.at(member.address()));
  }

  /** Fetches keys and tells the brain what came of it; returns at once. */
  public void fetch(Action.Establish wish) {
    KeyServer server =
        server(wish.source()).filter(s -> s.toString().equals(wish.server())).orElse(null);
    if (server == null) {
      refuse(wish, "the configuration has changed meanwhile");
      return;
    }
    Thread before = threads.get(wish.source());
    if (before != null && before.isAlive()) {
      refuse(wish, "an earlier attempt still waits for the name service");
      return;
    }
    threads.put(
        wish.source(),
        Thread.ofPlatform()
            .name("keys-" + wish.source())
            .daemon()
            .start(() -> fetch(wish, server)));
  }

  private void fetch(Action.Establish wish, KeyServer server) {
    try {
      brain.accept(
          new Event.KeysGranted(
              wish.source(),
              wish.server(),
              new KeyExchange(server, wish.present(), rawNanos, step -> {}).fetch()));
    } catch (KeyExchangeFailure e) {
      refuse(wish, e.getMessage());
    }
  }

  private void refuse(Action.Establish wish, String reason) {
    brain.accept(new Event.KeysRefused(wish.source(), wish.server(), reason));
  }
}
