package org.timeball.server.nts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Ends a connection that sends more than any handshake and request take. Stands before TLS. */
final class OctetLimit extends ChannelInboundHandlerAdapter {
  private final int most;
  private long received;

  OctetLimit(int most) {
    this.most = most;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf octets) {
      received += octets.readableBytes();
    }
    if (received > most) {
      ReferenceCountUtil.release(message);
      Ending.close(context);
    } else {
      context.fireChannelRead(message);
    }
  }
}
