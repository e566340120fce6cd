package org.timeball.server.nts;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/** Ends connections. */
final class Ending {
  private Ending() {}

  /** Closes one now; nobody waits for it, and it cannot fail in a way that leaves it open. */
  static void close(ChannelHandlerContext context) {
    ChannelFuture _ = context.close();
  }
}
