package org.timeball.core.brain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.ServerSource;
import org.timeball.core.source.UpstreamSettings;

/** The servers on the network that time is taken from: who is asked when, and what came of it. */
final class Upstreams {
  private final List<UpstreamSettings> settings;
  private final LongSupplier nonces;
  private final Notices notices;
  private PacketKeys keys;
  private List<ServerSource> sources = List.of();

  Upstreams(
      List<UpstreamSettings> settings, PacketKeys keys, LongSupplier nonces, Notices notices) {
    this.settings = settings;
    this.keys = keys;
    this.nonces = nonces;
    this.notices = notices;
  }

  /** Asks all of them at the next occasion. */
  void start(long nowRaw) {
    List<ServerSource> all = new ArrayList<>();
    for (UpstreamSettings one : settings) {
      all.add(new ServerSource(one, keys, nowRaw, notices));
    }
    sources = List.copyOf(all);
  }

  /** In the order of the configuration; empty before {@link #start}. */
  List<ServerSource> sources() {
    return sources;
  }

  /** When the next request is due; {@link Long#MAX_VALUE} if never. */
  long nextRawNanos() {
    long next = Long.MAX_VALUE;
    for (ServerSource source : sources) {
      next = Math.min(next, source.association().nextPollRawNanos());
    }
    return next;
  }

  /** The requests that are due. */
  List<Action> poll(long nowRaw) {
    List<Action> actions = new ArrayList<>();
    for (ServerSource source : sources) {
      if (nowRaw >= source.association().nextPollRawNanos()) {
        actions.add(source.ask(nowRaw, nonces.getAsLong()));
      }
    }
    return actions;
  }

  /**
   * Takes a datagram; true if a belief has changed. A source that is not ours any more is let go.
   */
  boolean onReply(Event.Reply reply, ClockReading now) {
    boolean changed = false;
    for (ServerSource source : sources) {
      if (source.name().equals(reply.source())) {
        changed = source.onReply(reply, now);
        source.watch(now.rawNanos());
      }
    }
    return changed;
  }

  void onResolved(Event.Resolved event) {
    sources.stream().filter(s -> s.name().equals(event.source())).forEach(s -> s.onResolved(event));
  }

  void onUnreachable(Event.Unreachable event) {
    sources.stream()
        .filter(s -> s.name().equals(event.source()))
        .forEach(s -> s.onUnreachable(event));
  }

  /** Tells operators what has changed, events or no events. */
  void watch(long nowRaw) {
    sources.forEach(s -> s.watch(nowRaw));
  }

  /** The clock or the flow of time was disturbed: only replies can clear that up. */
  void hurry(long nowRaw) {
    sources.forEach(s -> s.hurry(nowRaw));
  }

  /** Other keys, which hold every one that a source names. */
  void useKeys(PacketKeys newKeys) {
    keys = newKeys;
    sources.forEach(s -> s.association().useKeys(newKeys));
  }
}
