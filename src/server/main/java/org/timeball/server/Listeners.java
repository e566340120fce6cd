package org.timeball.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.timeball.core.ServerState;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.server.Outcome;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpSettings;
import org.timeball.server.config.ListenSettings;
import org.timeball.server.config.NtsUse;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ListenerSettings;
import org.timeball.server.net.ResponderThread;
import org.timeball.server.report.DaemonReport;

/** The responder threads of all listeners. Opened, changed and closed by one thread at a time. */
final class Listeners implements AutoCloseable {
  private final AtomicReference<ServerState> published;
  private final PacketClock clock;
  private final ListenerKeys keys;
  private final Optional<IntFunction<NtsReplies>> nts;
  private volatile List<ResponderThread> responders = List.of();

  Listeners(
      AtomicReference<ServerState> published,
      PacketClock clock,
      ListenerKeys keys,
      Optional<IntFunction<NtsReplies>> nts) {
    this.published = published;
    this.clock = clock;
    this.keys = keys;
    this.nts = nts;
  }

  /**
   * Answers on these from now on, and on no others. A listener that stays as it is keeps its
   * socket; if one of the new cannot be had, nothing changes.
   *
   * @throws NetException saying which cannot be had, why, and what to do
   */
  void listenOn(List<ListenSettings> wanted) throws NetException {
    List<ListenerSettings> sockets = wanted.stream().flatMap(l -> socketsOf(l).stream()).toList();
    List<ResponderThread> kept =
        responders.stream().filter(r -> sockets.contains(r.settings())).toList();
    List<ResponderThread> opened = new ArrayList<>();
    try {
      for (ListenerSettings socket : sockets) {
        if (kept.stream().noneMatch(r -> r.settings().equals(socket))) {
          opened.add(ResponderThread.open(socket, published, clock, keys, nts));
        }
      }
    } catch (NetException e) {
      opened.forEach(ResponderThread::close);
      throw e;
    }
    List<ResponderThread> before = responders;
    List<ResponderThread> after = new ArrayList<>(kept);
    after.addAll(opened);
    opened.forEach(ResponderThread::start);
    responders = List.copyOf(after);
    before.stream().filter(r -> !kept.contains(r)).forEach(ResponderThread::close);
  }

  private static List<ListenerSettings> socketsOf(ListenSettings listen) {
    List<ListenerSettings> sockets = new ArrayList<>();
    for (InetAddress address : listen.addresses()) {
      sockets.add(
          new ListenerSettings(
              listen.name(),
              new UdpSettings(
                  new InetSocketAddress(address, listen.port()),
                  listen.device(),
                  listen.differentiatedServices(),
                  false),
              listen.nts() == NtsUse.REQUIRED));
    }
    return sockets;
  }

  List<DaemonReport.Listener> report() {
    return responders.stream().map(Listeners::report).toList();
  }

  private static DaemonReport.Listener report(ResponderThread responder) {
    long dropped = 0;
    for (Outcome outcome : Outcome.values()) {
      if (!outcome.answered()) {
        dropped += responder.counters().count(outcome);
      }
    }
    InetSocketAddress local = responder.local();
    return new DaemonReport.Listener(
        responder.name(),
        local.getAddress().getHostAddress() + " port " + local.getPort(),
        responder.counters().received(),
        responder.counters().sent(),
        responder.counters().count(Outcome.ANSWERED_WITH_NTS),
        dropped);
  }

  @Override
  public void close() {
    responders.forEach(ResponderThread::close);
    responders = List.of();
  }
}
