package org.timeball.server.nts;

import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * All open connections, the oldest first. When there are too many, of one address or in all, the
 * oldest makes room: a client with sense is done in a moment, so the one that has been there
 * longest is the one that is slow or silent, and a newcomer is never kept waiting by it. Belongs to
 * the thread of the connections.
 */
final class Crowd {
  private final int mostInAll;
  private final int mostOfOneAddress;
  private final Set<ChannelHandlerContext> channels = new LinkedHashSet<>();

  Crowd(int mostInAll, int mostOfOneAddress) {
    this.mostInAll = mostInAll;
    this.mostOfOneAddress = mostOfOneAddress;
  }

  /**
   * Lets one in.
   *
   * @return who has to leave for it, if anybody
   */
  Optional<ChannelHandlerContext> join(ChannelHandlerContext newcomer) {
    InetAddress address = addressOf(newcomer);
    Optional<ChannelHandlerContext> leaver = Optional.empty();
    long ofAddress = channels.stream().filter(c -> addressOf(c).equals(address)).count();
    if (ofAddress >= mostOfOneAddress) {
      leaver = channels.stream().filter(c -> addressOf(c).equals(address)).findFirst();
    } else if (channels.size() >= mostInAll) {
      Iterator<ChannelHandlerContext> oldest = channels.iterator();
      leaver = Optional.of(oldest.next());
    }
    leaver.ifPresent(channels::remove);
    channels.add(newcomer);
    return leaver;
  }

  void leave(ChannelHandlerContext channel) {
    channels.remove(channel);
  }

  private static InetAddress addressOf(ChannelHandlerContext channel) {
    return channel.channel().remoteAddress() instanceof InetSocketAddress socket
        ? socket.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
