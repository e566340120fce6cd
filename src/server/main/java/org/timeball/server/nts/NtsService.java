package org.timeball.server.nts;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Randomness;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.ke.KeServer;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.crypto.Aeads;

/**
 * Network Time Security of the daemon: gives out keys over TLS, keeps the keys of cookies, and
 * equips the responder threads. Safe for several threads.
 *
 * <p>It is made before the responders and started after them: all that is slow happens in {@link
 * #start}, when plain requests are answered already.
 */
public final class NtsService implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NtsService.class.getName());
  private static final int REFRESH_SECONDS = 10;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** From the connection to its end; an honest client needs a tenth of it even by satellite. */
  private static final int DEADLINE_SECONDS = 5;

  private static final int NTP_PORT = 123;
  private static final int QUIET_MILLIS = 0;
  private static final int CLOSING_MILLIS = 2_000;

  private final NtsPlaces places;
  private final LongSupplier unixNanos;
  private final Randomness randomness;
  private final int deadlineSeconds;
  private final CookieKeys cookieKeys;
  private final ServerCertificate certificate;
  private final KeCounters counters = new KeCounters();
  private final List<Channel> channels = new ArrayList<>();
  private EventLoopGroup group;
  private Future<?> upkeep;

  /**
   * Does nothing yet.
   *
   * @param unixNanos the served clock
   */
  public NtsService(NtsPlaces places, LongSupplier unixNanos, Randomness randomness) {
    this(places, unixNanos, randomness, DEADLINE_SECONDS);
  }

  /** With another deadline, so that a test does not depend on the speed of its machine. */
  NtsService(NtsPlaces places, LongSupplier unixNanos, Randomness randomness, int deadlineSeconds) {
    this.deadlineSeconds = deadlineSeconds;
    this.places = places;
    this.unixNanos = unixNanos;
    this.randomness = randomness;
    cookieKeys = new CookieKeys(places.cookieKeys(), randomness);
    certificate = new ServerCertificate(places.certificate(), places.privateKey());
  }

  /** What one responder thread needs; {@code mostWaiting} as in {@link NtsReplies}. */
  public NtsReplies replies(int mostWaiting) {
    return new NtsReplies(cookieKeys, Aeads::of, randomness, mostWaiting);
  }

  /**
   * Reads the files and opens the ports.
   *
   * @throws IOException saying what cannot be had, why, and what to do
   */
  public synchronized void start() throws IOException {
    certificate.load();
    certificate.refresh(unixSeconds());
    CookieSealer sealer =
        new CookieSealer(
            Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
            Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
            randomness);
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("nts", true), NioIoHandler.newFactory());
    cookieKeys.load(unixSeconds());
    KeListener listener =
        new KeListener(
            group,
            certificate,
            new KeServer(
                places.ntpServer(),
                places.ntpPort() == NTP_PORT
                    ? OptionalInt.empty()
                    : OptionalInt.of(places.ntpPort())),
            cookieKeys,
            sealer,
            counters,
            deadlineSeconds);
    for (InetSocketAddress address : places.addresses()) {
      channels.add(listener.bind(address));
    }
    upkeep =
        group.scheduleAtFixedRate(
            this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    LOG.log(
        Logger.Level.INFO,
        "NTS: keys are given out on TCP port {0}; the certificate is valid until {1}",
        Integer.toString(ports().getFirst()),
        certificate.until());
  }

  /** The TCP ports as bound. */
  synchronized List<Integer> ports() {
    return channels.stream()
        .map(channel -> ((InetSocketAddress) channel.localAddress()).getPort())
        .toList();
  }

  private void refresh() {
    long now = unixSeconds();
    cookieKeys.refresh(now);
    certificate.refresh(now);
  }

  /**
   * Replaces the secret of the cookies.
   *
   * @throws IOException if it cannot be kept: then nothing changes
   */
  public void rotate() throws IOException {
    cookieKeys.rotate(unixSeconds());
  }

  private long unixSeconds() {
    return Math.floorDiv(unixNanos.getAsLong(), NANOS_PER_SECOND);
  }

  /** What happened so far. */
  public NtsReport report() {
    return new NtsReport(
        counters.connections.sum(),
        counters.granted.sum(),
        counters.refused.sum(),
        counters.crowdedOut.sum(),
        String.valueOf(certificate.until()));
  }

  @Override
  public synchronized void close() {
    if (upkeep != null) {
      upkeep.cancel(false);
    }
    if (group != null) {
      channels.forEach(channel -> channel.close().awaitUninterruptibly());
      group
          .shutdownGracefully(QUIET_MILLIS, CLOSING_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly();
    }
  }
}
