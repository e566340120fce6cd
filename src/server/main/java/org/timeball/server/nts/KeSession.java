package org.timeball.server.nts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.ke.ExporterContext;
import org.timeball.core.nts.ke.KeAnswer;
import org.timeball.core.nts.ke.KeError;
import org.timeball.core.nts.ke.KeMessage;
import org.timeball.core.nts.ke.KeServer;

/** One connection after its TLS handshake: a request, a response, the end. */
final class KeSession extends SimpleChannelInboundHandler<ByteBuf> {
  /** The name of the protocol inside TLS (RFC 8915, section 4). */
  static final String APPLICATION_PROTOCOL = "ntske/1";

  private static final int COOKIES = 8;

  private final SslHandler tls;
  private final KeServer server;
  private final CookieKeys cookieKeys;
  private final CookieSealer sealer;
  private final KeCounters counters;
  private final ByteBuf received = Unpooled.buffer(64, KeMessage.MOST_OCTETS);
  private boolean answered;

  /**
   * @param sealer of the thread that all sessions run on
   */
  KeSession(
      SslHandler tls,
      KeServer server,
      CookieKeys cookieKeys,
      CookieSealer sealer,
      KeCounters counters) {
    this.tls = tls;
    this.server = server;
    this.cookieKeys = cookieKeys;
    this.sealer = sealer;
    this.counters = counters;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake
        && !(handshake.isSuccess()
            && APPLICATION_PROTOCOL.equals(tls.engine().getApplicationProtocol()))) {
      // A client that names no protocol gets through the handshake, and no further.
      refuse(context);
    } else if (event instanceof SslCloseCompletionEvent && !answered) {
      // No more will come, so what there is can never be whole.
      respond(context, new KeAnswer.Refused(KeError.BAD_REQUEST), List.of());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) throws SSLException {
    if (answered) {
      return;
    }
    if (octets.readableBytes() > received.maxWritableBytes()) {
      respond(context, new KeAnswer.Refused(KeError.BAD_REQUEST), List.of());
      return;
    }
    received.writeBytes(octets);
    int length = KeMessage.lengthOf(received.nioBuffer());
    if (length != KeMessage.INCOMPLETE) {
      byte[] request = new byte[length];
      received.readBytes(request);
      answer(context, request);
    }
  }

  private void answer(ChannelHandlerContext context, byte[] request) throws SSLException {
    KeAnswer answer = server.answer(request);
    if (answer instanceof KeAnswer.Granted(AeadAlgorithm algorithm, _)) {
      CookieKeyRing ring = cookieKeys.get().orElseThrow();
      byte[] keys = keys(algorithm).both();
      respond(
          context,
          answer,
          IntStream.range(0, COOKIES).mapToObj(i -> cookie(ring, algorithm, keys)).toList());
    } else {
      respond(context, answer, List.of());
    }
  }

  private byte[] cookie(CookieKeyRing ring, AeadAlgorithm algorithm, byte[] keys) {
    byte[] cookie = new byte[CookieSealer.length(algorithm)];
    sealer.seal(ring, algorithm, keys, cookie, 0);
    return cookie;
  }

  private NtsKeys keys(AeadAlgorithm algorithm) throws SSLException {
    ExtendedSSLSession session = (ExtendedSSLSession) tls.engine().getSession();
    return new NtsKeys(
        algorithm,
        session.exportKeyingMaterialData(
            ExporterContext.LABEL,
            ExporterContext.clientToServer(algorithm),
            algorithm.keyOctets()),
        session.exportKeyingMaterialData(
            ExporterContext.LABEL,
            ExporterContext.serverToClient(algorithm),
            algorithm.keyOctets()));
  }

  private void respond(ChannelHandlerContext context, KeAnswer answer, List<byte[]> cookies) {
    answered = true;
    (cookies.isEmpty() ? counters.refused : counters.granted).increment();
    context
        .writeAndFlush(Unpooled.wrappedBuffer(server.response(answer, cookies)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void refuse(ChannelHandlerContext context) {
    answered = true;
    counters.refused.increment();
    Ending.close(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Whatever a stranger does to his connection is his affair: it ends, and is counted.
    if (!answered) {
      refuse(context);
    } else {
      Ending.close(context);
    }
  }
}
