package org.timeball.server.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.server.config.SourceSettings;
import org.timeball.server.net.ListenerKeys;

/** The threads of all servers that are asked. Safe for several threads. */
public final class Peers implements AutoCloseable {
  /** A server that can be asked, and the table of the configuration that it is there by. */
  private record Asked(SourceSettings table, PeerThread thread) {}

  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final NameService names;
  private final ListenerKeys keys;
  private List<SourceSettings> tables = List.of();
  private volatile Map<String, Asked> asked = Map.of();

  /**
   * Nobody is asked yet.
   *
   * @param clock the scales that moments are told on
   * @param brain takes events; returns at once
   * @param names looks up what servers and pools are named
   * @param keys seal searches for servers
   */
  public Peers(PacketClock clock, Consumer<Event> brain, NameService names, ListenerKeys keys) {
    this.keys = keys;
    this.clock = clock;
    this.brain = brain;
    this.names = names;
  }

  /**
   * These can be asked from now on, and no others; what was there before in the same words stays as
   * it is. Of a pool or network nobody can be asked until the brain says who, and peers are not
   * asked.
   */
  public synchronized void serve(List<SourceSettings> sources) {
    tables = List.copyOf(sources);
    Map<String, Asked> after = new HashMap<>();
    List<PeerThread> gone = new ArrayList<>();
    asked.forEach((name, one) -> {
      if (tables.contains(one.table())) {
        after.put(name, one);
      } else {
        gone.add(one.thread());
      }
    });
    List<PeerThread> fresh = new ArrayList<>();
    for (SourceSettings source : sources) {
      boolean one = !source.isPool() && !source.isNetwork() && !source.isPeer();
      if (one && !after.containsKey(source.name())) {
        PeerThread thread = thread(source.name(), source.address(), source.port());
        after.put(source.name(), new Asked(source, thread));
        fresh.add(thread);
      }
    }
    gone.forEach(PeerThread::stop);
    gone.forEach(PeerThread::close);
    fresh.forEach(PeerThread::start);
    asked = Map.copyOf(after);
  }

  private PeerThread thread(String source, String host, int port) {
    return new PeerThread(source, new ServerName(names, host, port), clock, brain);
  }

  /** Sends a request; returns at once. One for a server that is not asked any more is let go. */
  public void ask(Action.Ask question) {
    Asked one = asked.get(question.source());
    if (one != null) {
      one.thread().ask(question);
    }
  }

  /** Does what the brain wants of a pool or network; returns at once. */
  public synchronized void carryOut(Action.OfPool action) {
    switch (action) {
      case Action.LookUp(String pool) -> table(pool).ifPresent(this::lookUp);
      case Action.Enlist(String source, String pool, String address) ->
          table(pool)
              .ifPresent(table -> {
                PeerThread thread = thread(source, address, table.port());
                replace(source, Optional.of(new Asked(table, thread)));
                thread.start();
              });
      case Action.Dismiss(String source) -> replace(source, Optional.empty());
    }
  }

  private Optional<SourceSettings> table(String pool) {
    return tables.stream()
        .filter(t -> t.name().equals(pool) && (t.isPool() || t.isNetwork()))
        .findFirst();
  }

  private void replace(String source, Optional<Asked> successor) {
    Map<String, Asked> after = new HashMap<>(asked);
    Asked before = after.remove(source);
    if (before != null) {
      before.thread().stop();
    }
    successor.ifPresent(one -> after.put(source, one));
    asked = Map.copyOf(after);
  }

  /** On a thread of its own, because the name service may take as long as it likes. */
  private void lookUp(SourceSettings pool) {
    Thread.ofPlatform()
        .name("name-" + pool.name())
        .daemon()
        .start(() -> {
          if (pool.searched()) {
            new GroupSearch(pool, keys.forThread(), clock, brain).run();
            return;
          }
          try {
            List<String> found =
                names.addresses(pool.address()).stream().map(InetAddress::getHostAddress).toList();
            brain.accept(new Event.Found(pool.name(), found));
          } catch (UnknownHostException e) {
            brain.accept(new Event.Unreachable(pool.name(), unknown(pool.address()), true));
          }
        });
  }

  /** What to tell of a name that nobody knows. */
  static String unknown(String name) {
    return "the name '%s' cannot be looked up; check it, and that this machine has a name service"
        .formatted(name);
  }

  /** Sends the requests to a source elsewhere from now on; returns at once. */
  public void direct(Action.Direct direction) {
    Asked one = asked.get(direction.source());
    if (one != null) {
      one.thread().direct(new ServerName(names, direction.host(), direction.port()));
    }
  }

  /** Ends all threads. */
  @Override
  public void close() {
    serve(List.of());
  }
}
