package org.timeball.server.peer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.platform.clock.PacketClock;
import org.timeball.server.config.SourceSettings;

/**
 * The threads of all servers that are asked. One thread at a time changes which there are; {@link
 * #ask} may be called by another at any time.
 */
public final class Peers implements AutoCloseable {
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private volatile Map<String, PeerThread> threads = Map.of();

  /**
   * Nobody is asked yet.
   *
   * @param clock the scales that moments are told on
   * @param brain takes events; returns at once
   */
  public Peers(PacketClock clock, Consumer<Event> brain) {
    this.clock = clock;
    this.brain = brain;
  }

  /** These can be asked from now on, and no others. */
  public synchronized void serve(List<SourceSettings> sources) {
    Map<String, PeerThread> before = threads;
    Map<String, PeerThread> after = new HashMap<>();
    for (SourceSettings source : sources) {
      after.put(
          source.name(),
          new PeerThread(
              source.name(), new ServerName(source.address(), source.port()), clock, brain));
    }
    before.values().forEach(PeerThread::stop);
    before.values().forEach(PeerThread::close);
    after.values().forEach(PeerThread::start);
    threads = Map.copyOf(after);
  }

  /** Sends a request; returns at once. One for a server that is not asked any more is let go. */
  public void ask(Action.Ask question) {
    PeerThread thread = threads.get(question.source());
    if (thread != null) {
      thread.ask(question);
    }
  }

  /** Ends all threads. */
  @Override
  public void close() {
    serve(List.of());
  }
}
