package org.timeball.platform.pps;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.timeball.platform.linux.LinuxError;

/** A kernel with one pulse source, seen through its octets. Answers as Linux 6.12 does. */
final class FakePps implements PpsSystem {
  private static final HexFormat HEX = HexFormat.of();

  /** What GETCAP says on a pps-gpio device of a Raspberry Pi: one edge, can wait, timespec. */
  int capabilities = 0x1151;

  int mode = 0x11;
  int openError;
  boolean mayChangeMode = true;

  /** What the last fetch found; the next fetch with a timeout takes one from the queue. */
  private byte[] info = new byte[48];

  final BlockingQueue<Object> next = new LinkedBlockingQueue<>();
  final List<String> requests = new ArrayList<>();
  int openDescriptors;

  /** An edge: the 48 octets of {@code struct pps_kinfo} in hexadecimal. */
  void happens(String hex) {
    next.add(HEX.parseHex(hex.replaceAll("\\s", "")));
  }

  /** An edge that comes when nobody waits. */
  void happensUnseen(String hex) {
    info = HEX.parseHex(hex.replaceAll("\\s", ""));
  }

  void fails(int errno) {
    next.add(errno);
  }

  @Override
  public int open(String path) {
    if (openError != 0) {
      throw new LastErrorException(openError);
    }
    openDescriptors++;
    return 7;
  }

  @Override
  public void close(int fd) {
    openDescriptors--;
  }

  @Override
  public void ioctl(int fd, long request, ByteBuffer argument) {
    byte[] given = new byte[argument.capacity()];
    argument.duplicate().get(0, given);
    requests.add(Long.toHexString(request) + " " + HEX.formatHex(given));
    switch ((int) request) {
      case (int) 0x800870a3L -> argument.putInt(0, capabilities);
      case (int) 0x800870a1L -> argument.putInt(0, 1).putInt(4, mode);
      case (int) 0x400870a2L -> {
        if (!mayChangeMode) {
          throw new LastErrorException(LinuxError.EPERM);
        }
        mode = argument.getInt(4);
      }
      case (int) 0xc00870a4L -> fetch(argument);
      default -> throw new LastErrorException(LinuxError.ENOTTY);
    }
  }

  private void fetch(ByteBuffer argument) {
    if (argument.getLong(48) != 0 || argument.getInt(56) != 0) {
      info =
          switch (next.poll()) {
            case byte[] octets -> octets;
            case Integer errno -> throw new LastErrorException(errno);
            case null, default -> throw new LastErrorException(LinuxError.ETIMEDOUT);
          };
    }
    argument.put(0, info);
  }
}
