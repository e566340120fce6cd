package org.timeball.server.nts;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** How long a connection may stay: until its deadline, or until there are too many others. */
final class Stay extends ChannelInboundHandlerAdapter {
  private final Crowd crowd;
  private final int deadlineSeconds;
  private final KeCounters counters;
  private ScheduledFuture<?> deadline;

  Stay(Crowd crowd, int deadlineSeconds, KeCounters counters) {
    this.crowd = crowd;
    this.deadlineSeconds = deadlineSeconds;
    this.counters = counters;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    counters.connections.increment();
    crowd
        .join(context)
        .ifPresent(leaver -> {
          counters.crowdedOut.increment();
          Ending.close(leaver);
        });
    deadline =
        context.executor().schedule(() -> Ending.close(context), deadlineSeconds, TimeUnit.SECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    crowd.leave(context);
    if (deadline != null) {
      deadline.cancel(false);
    }
    context.fireChannelInactive();
  }
}
