package org.timeball.platform.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.server.Request;
import org.timeball.platform.clock.PacketClock;

/**
 * Asks one server, one question at a time, and says when question and reply passed the kernel.
 * Belongs to one thread.
 */
public final class UdpExchange implements AutoCloseable {
  private static final int ROOM = 1600;

  // struct pollfd: descriptor, events wanted, events seen.
  private static final int POLL_LENGTH = 8;
  private static final int POLL_WANTED = 4;

  private static final int POLL_AT = MessageHeaders.room(1);
  private static final int OCTETS_AT = POLL_AT + POLL_LENGTH;

  /** A departure stamp comes with the call or right after; one that takes longer does not come. */
  private static final long STAMP_PATIENCE_NANOS = 50_000_000L;

  /** How soon an interrupt is seen. */
  private static final long SLICE_NANOS = 250_000_000L;

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final UdpSocket socket;
  private final PacketClock clock;
  private final ReceiveBatch received;
  private final TransmitStamps stamps;
  private final NativeBlock block = new NativeBlock(OCTETS_AT + ROOM);
  private final MessageHeaders headers = new MessageHeaders(block, 1);
  private final Request datagram = new Request();

  /** Questions asked so far; the kernel numbers its departure stamps in the same way. */
  private long questions;

  private UdpExchange(UdpSocket socket, PacketClock clock) {
    this.socket = socket;
    this.clock = clock;
    received = new ReceiveBatch(socket, 1);
    stamps = new TransmitStamps(socket);
  }

  /**
   * Opens a port of the kernel's choice towards {@code server}; opened anew for each question, it
   * is a new one each time (RFC 9109, section 3).
   *
   * @param clock the scales that the moments are told on
   * @throws NetException if there is no way there
   */
  public static UdpExchange open(InetSocketAddress server, PacketClock clock) throws NetException {
    return new UdpExchange(UdpSocket.connect(server, 0), clock);
  }

  /**
   * Sends {@code request} and waits for its reply: a packet of mode 4 whose origin timestamp is the
   * request's transmit timestamp or, in the interleaved mode, its receive timestamp (RFC 9769,
   * section 2). Everything else that comes is let go.
   *
   * @param request a packet whose transmit timestamp nobody else can guess, nor its receive
   *     timestamp if that is not 0, up to 1600 octets
   * @param timeoutNanos how long to wait
   * @return the reply, or nothing if none came in time
   * @throws NetException if the packet cannot be sent, or nothing listens there
   */
  public Optional<StampedReply> ask(byte[] request, long timeoutNanos) throws NetException {
    AtomicReference<StampedReply> answer = new AtomicReference<>();
    listen(
        request,
        timeoutNanos,
        reply -> {
          if (isAnswerTo(ByteBuffer.wrap(request), reply.packet())) {
            answer.set(reply);
          }
          return answer.get() != null;
        });
    return Optional.ofNullable(answer.get());
  }

  private static boolean isAnswerTo(ByteBuffer request, ByteBuffer packet) {
    if (packet.limit() < NtpHeader.LENGTH || NtpHeader.mode(packet, 0) != Mode.SERVER) {
      return false;
    }
    long origin = NtpHeader.originTimestamp(packet, 0);
    long receive = NtpHeader.receiveTimestamp(request, 0);
    return origin == NtpHeader.transmitTimestamp(request, 0) || (receive != 0 && origin == receive);
  }

  /**
   * Sends {@code request} and hands over everything that the server sends back, whatever it is.
   * Ends early if the thread is interrupted.
   *
   * @param request up to 1600 octets
   * @param timeoutNanos how long to listen
   * @param enough takes each datagram as it comes; true ends the listening
   * @throws NetException if the packet cannot be sent, or nothing listens there
   */
  public void listen(byte[] request, long timeoutNanos, Predicate<StampedReply> enough)
      throws NetException {
    long beforeUnix = clock.nowUnixNanos();
    long beforeRaw = clock.nowRawNanos();
    long question = questions;
    send(request);
    long deadline = beforeRaw + timeoutNanos;
    boolean stamped = false;
    boolean waited = false;
    for (long now = beforeRaw;
        now - deadline < 0 && !Thread.currentThread().isInterrupted();
        now = clock.nowRawNanos()) {
      awaitEvent(Linux.POLLIN, Math.min(deadline - now, SLICE_NANOS));
      stamped = stamped || takeStampOf(question);
      while (received.take() > 0) {
        received.load(0, datagram);
        StampedReply reply = reply(beforeRaw, beforeUnix);
        if (!stamped && !waited) {
          waited = true;
          stamped = awaitStamp(question);
        }
        if (enough.test(stamped ? withDeparture(reply, beforeRaw) : reply)) {
          return;
        }
      }
    }
  }

  /** Address and port that the question leaves from. */
  public InetSocketAddress local() {
    return socket.local();
  }

  private void send(byte[] request) throws NetException {
    block.octets().put(OCTETS_AT, request);
    headers.octets(0, block.address(OCTETS_AT), request.length);
    int result = SocketCalls.sendmmsg(socket.descriptor(), block.address(0), 1, 0);
    if (result < 0) {
      throw socket.failure(result);
    }
    questions++;
  }

  private boolean awaitStamp(long question) throws NetException {
    long until = clock.nowRawNanos() + STAMP_PATIENCE_NANOS;
    for (long left = STAMP_PATIENCE_NANOS; left > 0; left = until - clock.nowRawNanos()) {
      // The error queue, where stamps come, is told of whether it is asked for or not.
      awaitEvent((short) 0, left);
      if (takeStampOf(question)) {
        return true;
      }
    }
    return false;
  }

  private void awaitEvent(short wanted, long patienceNanos) throws NetException {
    block.structures().putInt(POLL_AT, socket.descriptor()).putShort(POLL_AT + POLL_WANTED, wanted);
    // Rounded up, so that the last fraction of a millisecond is waited for, not polled away.
    long millis = (patienceNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    int result =
        SocketCalls.poll(block.address(POLL_AT), 1, (int) Math.min(millis, Integer.MAX_VALUE));
    if (result < 0 && !Errno.EINTR.is(result)) {
      throw socket.failure(result);
    }
  }

  /** Lets go what belongs to earlier questions. */
  private boolean takeStampOf(long question) {
    while (stamps.take()) {
      if (stamps.stampRealtimeNanos() != 0 && stamps.datagram() == question) {
        return true;
      }
    }
    return false;
  }

  private StampedReply reply(long beforeRaw, long beforeUnix) {
    byte[] octets = new byte[received.length(0)];
    received.octets().get(received.octetsAt(0), octets);
    long stamp = received.stampRealtimeNanos();
    return new StampedReply(
        ByteBuffer.wrap(octets).asReadOnlyBuffer(),
        beforeRaw,
        beforeUnix,
        false,
        stamp == 0 ? clock.nowRawNanos() : clock.rawNanosOfStamp(stamp),
        stamp == 0 ? clock.nowUnixNanos() : clock.unixNanosOfStamp(stamp),
        stamp != 0);
  }

  private StampedReply withDeparture(StampedReply reply, long beforeRaw) {
    long stamp = stamps.stampRealtimeNanos();
    return new StampedReply(
        reply.packet(),
        Math.max(beforeRaw, clock.rawNanosOfStamp(stamp)),
        clock.unixNanosOfStamp(stamp),
        true,
        reply.receivedRawNanos(),
        reply.receivedUnixNanos(),
        reply.receivedStampedByKernel());
  }

  @Override
  public void close() {
    stamps.close();
    received.close();
    block.close();
    socket.close();
  }
}
