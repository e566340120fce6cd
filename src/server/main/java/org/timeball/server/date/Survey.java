package org.timeball.server.date;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.timeball.core.date.Witness;
import org.timeball.core.source.AssociationSettings;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.net.UdpExchange;
import org.timeball.server.peer.OwnAddresses;

/**
 * Asks servers for the date, all at the same time, each a few times; every request leaves from a
 * port of its own.
 */
public final class Survey {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final PacketClock clock;
  private final LongSupplier nonces;
  private final long floorUnixNanos;
  private final int count;
  private final long pauseMillis;
  private final long patienceNanos;

  /**
   * Asks nobody yet.
   *
   * @param clock the scales that moments are told on
   * @param nonces numbers that nobody can guess, for several threads
   * @param floorUnixNanos no time before this can be true
   * @param count how often each server is asked
   * @param pauseMillis between two requests to one server
   * @param patienceMillis how long an answer is waited for
   */
  public Survey(
      PacketClock clock,
      LongSupplier nonces,
      long floorUnixNanos,
      int count,
      long pauseMillis,
      long patienceMillis) {
    this.clock = clock;
    this.nonces = nonces;
    this.floorUnixNanos = floorUnixNanos;
    this.count = count;
    this.pauseMillis = pauseMillis;
    this.patienceNanos = patienceMillis * NANOS_PER_MILLI;
  }

  /**
   * Asks them, and waits for the last answer.
   *
   * @return what they said, in the order given
   */
  public List<Witness> ask(List<AskedServer> servers) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, servers.size()))) {
      List<Future<Witness>> pending = new ArrayList<>();
      for (AskedServer server : servers) {
        pending.add(threads.submit(() -> ask(server)));
      }
      List<Witness> witnesses = new ArrayList<>();
      for (Future<Witness> one : pending) {
        witnesses.add(one.get());
      }
      return witnesses;
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking a server came to a case that cannot be", e);
    }
  }

  private Witness ask(AskedServer server) throws IOException, InterruptedException {
    Witness witness = new Witness(settings(server), server.keys(), OwnAddresses.referenceIds());
    InetSocketAddress address;
    try {
      address = new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
    } catch (UnknownHostException e) {
      witness.isOutOfReach("no such host, or no name server answers");
      return witness;
    }
    witness.isAt(address.getAddress().getHostAddress() + " port " + address.getPort());
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < count && witness.isWilling(); i++) {
      if (i > 0 && never.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        break;
      }
      try {
        ask(witness, address);
      } catch (IOException e) {
        witness.isOutOfReach(e.getMessage());
      }
    }
    return witness;
  }

  private void ask(Witness witness, InetSocketAddress address) throws IOException {
    long nonce = nonces.getAsLong();
    try (UdpExchange exchange = UdpExchange.open(address, clock)) {
      byte[] request = witness.ask(clock.nowRawNanos(), nonce);
      exchange.listen(
          request,
          patienceNanos,
          reply ->
              witness.hear(
                  reply.packet(),
                  nonce,
                  reply.sentRawNanos(),
                  reply.receivedRawNanos(),
                  Math.max(clock.nowUnixNanos(), floorUnixNanos)));
    }
  }

  private static AssociationSettings settings(AskedServer server) {
    return new AssociationSettings(
        server.name(),
        AssociationSettings.SHORTEST_POLL,
        AssociationSettings.LONGEST_POLL,
        server.version(),
        true,
        server.keyId());
  }
}
