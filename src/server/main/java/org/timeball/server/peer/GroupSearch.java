package org.timeball.server.peer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.timeball.core.Event;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.source.ManycastSearch;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.config.NetworkSettings;
import org.timeball.server.config.SourceSettings;

/**
 * One search for servers in a multicast group, on a thread that may wait for answers. By a socket
 * of the JDK: answers come from anywhere, are waited for as long as each ring takes, and nobody
 * asks when they came.
 */
final class GroupSearch {
  /** Chosen: no answer within a network, or from the next ones, takes longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Chosen: more datagrams than that after one request are a flood. */
  private static final int MOST_ANSWERS = 256;

  private static final int ROOM = 1600;

  private final SourceSettings source;
  private final PacketKeys keys;
  private final PacketClock clock;
  private final Consumer<Event> brain;
  private final Duration patience;

  /**
   * @param keys for this thread alone
   * @param clock how long answers are waited for is told by it
   */
  GroupSearch(SourceSettings source, PacketKeys keys, PacketClock clock, Consumer<Event> brain) {
    this(source, keys, clock, brain, PATIENCE);
  }

  GroupSearch(
      SourceSettings source,
      PacketKeys keys,
      PacketClock clock,
      Consumer<Event> brain,
      Duration patience) {
    this.patience = patience;
    this.clock = clock;
    this.source = source;
    this.keys = keys;
    this.brain = brain;
  }

  /** Searches, and tells the brain what was found. */
  void run() {
    NetworkSettings network = source.network().orElseThrow();
    if (source.keyId() != 0 && keys.find(source.keyId()) == null) {
      // Taken out of the file a moment ago; the configuration that does without is on its way.
      return;
    }
    ManycastSearch search =
        new ManycastSearch(
            source.version(),
            source.poolSize(),
            source.keyId(),
            keys,
            network.senders(),
            new KernelRandom().getAsLong());
    try {
      ask(network.group(), search);
    } catch (IOException e) {
      brain.accept(new Event.Unreachable(source.name(), "cannot search: " + e.getMessage(), true));
      return;
    }
    brain.accept(
        search.found().isEmpty()
            ? new Event.Unreachable(source.name(), "no server of the group answers", false)
            : new Event.Found(source.name(), search.found()));
  }

  private void ask(UdpGroup group, ManycastSearch search) throws IOException {
    boolean ipv6 = group.address().getAddress() instanceof Inet6Address;
    try (DatagramChannel channel =
        DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
      Optional<String> device = group.device();
      if (device.isPresent()) {
        NetworkInterface there = NetworkInterface.getByName(device.get());
        if (there == null) {
          throw new IOException("the device '" + device.get() + "' is not there");
        }
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, there);
      }
      // What this machine itself serves is no source for it.
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
      channel.bind(null);
      byte[] request = search.request();
      for (int hops : ManycastSearch.rings(group.hops())) {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, hops);
        channel.socket().send(new DatagramPacket(request, request.length, group.address()));
        gather(channel.socket(), group.address(), search);
        if (search.isEnough()) {
          return;
        }
      }
    }
  }

  private void gather(DatagramSocket socket, InetSocketAddress group, ManycastSearch search)
      throws IOException {
    DatagramPacket datagram = new DatagramPacket(new byte[ROOM], ROOM);
    long until = clock.nowRawNanos() + patience.toNanos();
    for (int i = 0; i < MOST_ANSWERS; i++) {
      int millis = (int) Duration.ofNanos(until - clock.nowRawNanos()).toMillis();
      if (millis <= 0) {
        return;
      }
      socket.setSoTimeout(millis);
      datagram.setLength(ROOM);
      try {
        socket.receive(datagram);
      } catch (SocketTimeoutException e) {
        return;
      }
      if (datagram.getPort() == group.getPort()) {
        search.onPacket(
            ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()),
            datagram.getAddress().getHostAddress());
      }
    }
  }
}
