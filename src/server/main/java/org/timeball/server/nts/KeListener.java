package org.timeball.server.nts;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.ke.KeServer;

/** Accepts connections for key establishment. Its parts run on the one thread of the group. */
final class KeListener {
  /** A handshake takes two kilobytes, a client certificate's chain some more. */
  private static final int MOST_OCTETS = 32_768;

  private static final int MOST_CONNECTIONS = 512;
  private static final int MOST_OF_ONE_ADDRESS = 32;
  private static final int BACKLOG = 256;

  private final EventLoopGroup group;
  private final ServerCertificate certificate;
  private final KeServer server;
  private final CookieKeys cookieKeys;
  private final CookieSealer sealer;
  private final KeCounters counters;
  private final int deadlineSeconds;
  private final Crowd crowd = new Crowd(MOST_CONNECTIONS, MOST_OF_ONE_ADDRESS);

  KeListener(
      EventLoopGroup group,
      ServerCertificate certificate,
      KeServer server,
      CookieKeys cookieKeys,
      CookieSealer sealer,
      KeCounters counters,
      int deadlineSeconds) {
    this.group = group;
    this.certificate = certificate;
    this.server = server;
    this.cookieKeys = cookieKeys;
    this.sealer = sealer;
    this.counters = counters;
    this.deadlineSeconds = deadlineSeconds;
  }

  /**
   * Takes a port.
   *
   * @throws IOException saying why it cannot be had
   */
  Channel bind(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            // The response is one write and must not wait for an acknowledgement.
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connection())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "TCP port %d of %s cannot be had for NTS key establishment: %s"
              .formatted(
                  address.getPort(),
                  address.getAddress().getHostAddress(),
                  bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  /** Puts each new connection together. */
  private final class Connection extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      SslHandler tls = new SslHandler(certificate.engine());
      tls.setHandshakeTimeout(deadlineSeconds, TimeUnit.SECONDS);
      channel
          .pipeline()
          .addLast(
              new Stay(crowd, deadlineSeconds, counters),
              new OctetLimit(MOST_OCTETS),
              tls,
              new KeSession(tls, server, cookieKeys, sealer, counters));
    }
  }
}
