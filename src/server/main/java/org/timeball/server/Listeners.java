package org.timeball.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.timeball.core.ServerState;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.leap.Smear;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.server.AccessPolicy;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.SmearedTime;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSettings;
import org.timeball.platform.net.UdpSocket;
import org.timeball.server.config.KeySettings;
import org.timeball.server.config.ListenSettings;
import org.timeball.server.config.ManycastSettings;
import org.timeball.server.config.NtsUse;
import org.timeball.server.net.ListenerKeys;
import org.timeball.server.net.ListenerSettings;
import org.timeball.server.net.ManycastServer;
import org.timeball.server.net.ResponderCounters;
import org.timeball.server.net.ResponderThread;
import org.timeball.server.report.DaemonReport;

/** The responder threads of all listeners. Opened, changed and closed by one thread at a time. */
final class Listeners implements AutoCloseable {
  private final AtomicReference<ServerState> published;
  private final PacketClock clock;
  private final Optional<IntFunction<NtsReplies>> nts;
  private volatile List<ResponderThread> responders = List.of();
  private volatile List<Group> groups = List.of();

  private record Group(ManycastSettings settings, ManycastServer server) {}

  Listeners(
      AtomicReference<ServerState> published,
      PacketClock clock,
      Optional<IntFunction<NtsReplies>> nts) {
    this.published = published;
    this.clock = clock;
    this.nts = nts;
  }

  /**
   * Answers on these from now on, and on no others. A listener whose socket stays as it is keeps
   * it, and what it knows of its clients; if one of the new cannot be had, nothing changes.
   *
   * @param keys of which each listener accepts all or some
   * @throws NetException saying which cannot be had, why, and what to do
   */
  void listenOn(List<ListenSettings> wanted, KeySettings keys) throws NetException {
    List<ListenerSettings> sockets = wanted.stream().flatMap(l -> socketsOf(l).stream()).toList();
    List<ResponderThread> kept =
        responders.stream().filter(r -> sockets.contains(r.settings())).toList();
    List<ResponderThread> replaced = responders.stream().filter(r -> !kept.contains(r)).toList();
    List<ResponderThread> opened = new ArrayList<>();
    try {
      for (ListenerSettings socket : sockets) {
        if (kept.stream().noneMatch(r -> r.settings().equals(socket))) {
          List<UdpSocket> beside = new ArrayList<>(beside(socket.socket(), kept));
          beside.addAll(beside(socket.socket(), opened));
          // Those that are replaced are closed only when all of the new are there.
          replaced.forEach(r -> beside.add(r.socket()));
          opened.add(
              ResponderThread.open(
                  socket, published, clock, new ListenerKeys(List.of()), nts, beside));
        }
      }
    } catch (NetException e) {
      opened.forEach(ResponderThread::close);
      throw e;
    }
    List<ResponderThread> after = new ArrayList<>(kept);
    after.addAll(opened);
    for (ListenSettings listener : wanted) {
      AccessPolicy access = listener.access().policy();
      List<SymmetricKey> accepted = keys.accepted(listener.keys());
      after.stream()
          .filter(r -> r.name().equals(listener.name()))
          .forEach(r -> {
            r.admit(access);
            r.accept(accepted);
          });
    }
    opened.forEach(ResponderThread::start);
    responders = List.copyOf(after);
    replaced.forEach(ResponderThread::close);
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
                  listen.differentiatedServices()),
              listen.nts() == NtsUse.REQUIRED,
              listen.interleaved(),
              listen.passive(),
              listen.smear()));
    }
    return sockets;
  }

  /**
   * The sockets that may have the same port because they are of other networks: of one device where
   * this one is of another, or of all.
   */
  private static List<UdpSocket> beside(UdpSettings socket, List<ResponderThread> among) {
    return among.stream()
        .filter(r -> !r.settings().socket().device().equals(socket.device()))
        .map(ResponderThread::socket)
        .toList();
  }

  /** See {@link org.timeball.server.peer.PeerSockets#towards}. */
  UdpSocket towards(Optional<String> listener, InetSocketAddress peer) throws NetException {
    ResponderThread from = responder(listener, peer.getAddress());
    return from.towards(peer, beside(from.settings().socket(), responders));
  }

  /** See {@link org.timeball.server.peer.GroupSockets#towards}. */
  UdpSocket towards(Optional<String> listener, UdpGroup group) throws NetException {
    ResponderThread from = responder(listener, group.address().getAddress());
    return from.towards(group, beside(from.settings().socket(), responders));
  }

  /** See {@link org.timeball.server.peer.GroupMembership#join}. */
  UdpSocket join(UdpGroup group) throws NetException {
    boolean ipv6 = group.address().getAddress() instanceof Inet6Address;
    List<UdpSocket> beside =
        responders.stream()
            .filter(r -> r.local().getPort() == group.address().getPort())
            .filter(r -> ipv6 == r.local().getAddress() instanceof Inet6Address)
            .map(ResponderThread::socket)
            .toList();
    return UdpSocket.join(group, beside);
  }

  private ResponderThread responder(Optional<String> listener, InetAddress towards)
      throws NetException {
    boolean ipv6 = towards instanceof Inet6Address;
    for (ResponderThread responder : responders) {
      if (ipv6 == responder.local().getAddress() instanceof Inet6Address
          && listener.filter(name -> !name.equals(responder.name())).isEmpty()) {
        return responder;
      }
    }
    throw new NetException(
        "%s has no %s address, from which packets to %s could leave; add one to a table [[listen]]"
            .formatted(
                listener.map(name -> "listener '" + name + "'").orElse("no listener"),
                ipv6 ? "IPv6" : "IPv4",
                towards.getHostAddress()));
  }

  /** Answers those who search in these groups, by the listeners' rules; in no others. */
  void answerIn(List<ManycastSettings> wanted, KeySettings keys) {
    leaveGroups();
    List<Group> opened = new ArrayList<>();
    for (ManycastSettings one : wanted) {
      boolean ipv6 = one.group().address().getAddress() instanceof Inet6Address;
      InetAddress from =
          one.listener().addresses().stream()
              .filter(address -> ipv6 == address instanceof Inet6Address)
              .findFirst()
              .orElse(InetAddress.ofLiteral(ipv6 ? "::" : "0.0.0.0"));
      ManycastServer server =
          new ManycastServer(
              one.name(),
              () -> join(one.group()),
              from,
              published,
              clock,
              one.listener().access().policy(),
              keys.accepted(one.listener().keys()),
              one.authenticate());
      opened.add(new Group(one, server));
    }
    opened.forEach(group -> group.server().start());
    groups = List.copyOf(opened);
  }

  /** Accepts these keys in all groups from now on, as the listeners do whose rules hold there. */
  void acceptInGroups(KeySettings keys) {
    groups.forEach(
        group -> group.server().accept(keys.accepted(group.settings().listener().keys())));
  }

  /** Gives back the ports of groups. */
  void leaveGroups() {
    groups.forEach(group -> group.server().close());
    groups = List.of();
  }

  List<DaemonReport.Listener> report() {
    List<DaemonReport.Listener> all = new ArrayList<>();
    for (ResponderThread responder : responders) {
      all.add(
          report(
              responder.name(),
              responder.local(),
              responder.counters(),
              responder.settings().smear()));
    }
    for (Group group : groups) {
      all.add(
          report(
              group.server().name(),
              group.settings().group().address(),
              group.server().counters(),
              Optional.empty()));
    }
    return all;
  }

  private DaemonReport.Listener report(
      String name, InetSocketAddress local, ResponderCounters counters, Optional<Smear> smear) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    long dropped = 0;
    for (Outcome outcome : Outcome.values()) {
      long count = counters.count(outcome);
      outcomes.put(outcome.label(), count);
      dropped += outcome.answered() ? 0 : count;
    }
    return new DaemonReport.Listener(
        name,
        local.getAddress().getHostAddress() + " port " + local.getPort(),
        counters.received(),
        counters.sent(),
        counters.count(Outcome.ANSWERED_WITH_NTS),
        dropped,
        counters.notSent(),
        counters.unstamped(),
        outcomes,
        smear.map(this::report));
  }

  private DaemonReport.Smearing report(Smear smear) {
    SmearedTime smeared = new SmearedTime(smear);
    smeared.of(published.get());
    long shown = clock.nowUnixNanos();
    long addedNanos = smeared.unixNanos(shown, clock.nowRawNanos()) - shown;
    return new DaemonReport.Smearing(
        smear.shape().name().toLowerCase(Locale.ROOT), smear.lengthSeconds(), addedNanos * 1e-9);
  }

  @Override
  public void close() {
    leaveGroups();
    responders.forEach(ResponderThread::close);
    responders = List.of();
  }
}
