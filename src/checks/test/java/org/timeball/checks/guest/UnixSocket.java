package org.timeball.checks.guest;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/** Connections to the sockets that QEMU makes. */
final class UnixSocket {
  private UnixSocket() {}

  /** Connects as soon as QEMU listens. */
  static SocketChannel connect(Path path, Process qemu) throws Exception {
    return Patience.until(
        "QEMU's socket " + path.getFileName(),
        2,
        () -> {
          SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
          try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return Optional.of(channel);
          } catch (IOException e) {
            channel.close();
            if (!qemu.isAlive()) {
              throw new AssertionError("QEMU ended with code " + qemu.exitValue(), e);
            }
            return Optional.empty();
          }
        });
  }
}
