package org.timeball.platform.net;

/**
 * Takes departure stamps from a socket's error queue. Belongs to one thread; allocates nothing
 * after its construction.
 */
public final class TransmitStamps implements AutoCloseable {
  private static final int CONTROL_ROOM = 256;

  private final UdpSocket socket;
  private final NativeBlock block = new NativeBlock(MessageHeaders.room(1) + CONTROL_ROOM);
  private final MessageHeaders headers = new MessageHeaders(block, 1);
  private final ControlMessages control = new ControlMessages();

  public TransmitStamps(UdpSocket socket) {
    this.socket = socket;
  }

  /** Takes the oldest stamp, without waiting; false when there is none. */
  public boolean take() {
    int controlAt = MessageHeaders.room(1);
    headers.control(0, block.address(controlAt), CONTROL_ROOM);
    int result =
        SocketCalls.recvmmsg(
            socket.descriptor(), block.address(0), 1, Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT);
    if (result <= 0) {
      return false;
    }
    control.read(block, controlAt, headers.controlLength(0));
    return true;
  }

  /**
   * The kernel's CLOCK_REALTIME when the datagram of the last {@link #take} left; 0 when what was
   * taken was no stamp.
   */
  public long stampRealtimeNanos() {
    return control.stampedDatagram() < 0 ? 0 : control.stampRealtimeNanos();
  }

  /**
   * The number of the datagram of the last {@link #take} among those for which a stamp was wanted,
   * from 0, modulo 2^32.
   */
  public long datagram() {
    return control.stampedDatagram();
  }

  @Override
  public void close() {
    block.close();
  }
}
