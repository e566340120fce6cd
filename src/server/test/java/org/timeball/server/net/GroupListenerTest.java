package org.timeball.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.ReceiveBatch;
import org.timeball.platform.net.UdpGroup;
import org.timeball.platform.net.UdpSettings;
import org.timeball.platform.net.UdpSocket;

/** On the loopback device. */
@Timeout(60)
class GroupListenerTest {
  private static final Duration AT_ONCE = Duration.ofNanos(1);
  private static final Duration MUCH_LATER = Duration.ofDays(1);

  /** What happened, in words. */
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private volatile Thread closer;
  private UdpSocket joined;

  private UdpSocket join() throws NetException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("239.255.77.4"), 0);
    joined = UdpSocket.join(new UdpGroup(address, Optional.of("lo"), 1), List.of());
    told.add("joined");
    return joined;
  }

  /** Fails if another socket has the port. */
  private void expectPortFree() throws NetException {
    UdpSocket.open(UdpSettings.of(joined.local()), List.of()).close();
  }

  /** Hears as much as there is, and is in no hurry to close before somebody waits for that. */
  private final class Ear implements GroupListener.Ear {
    private final ReceiveBatch received;

    Ear(UdpSocket socket) {
      received = new ReceiveBatch(socket, 1);
    }

    @Override
    public void hear() throws NetException {
      told.add("hears");
      received.receive(1);
    }

    @Override
    public void close() {
      while (closer == null || closer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      received.close();
      told.add("ear closed");
    }
  }

  private GroupListener listener(
      GroupListener.Membership membership, GroupListener.Ear ear, Duration retry) {
    return new GroupListener(
        "group-test",
        membership,
        socket -> ear == null ? new Ear(socket) : ear,
        failure -> told.add(failure.getMessage()),
        retry);
  }

  private void close(GroupListener listener) {
    closer = Thread.currentThread();
    listener.close();
  }

  private boolean threadLives() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("group-test"));
  }

  private void expect(String... words) throws InterruptedException {
    for (String word : words) {
      assertThat(told.take()).isEqualTo(word);
    }
  }

  @Test
  void hearsUntilItIsClosedAndGivesThePortBack() throws Exception {
    GroupListener listener = listener(this::join, null, MUCH_LATER);
    listener.start();
    expect("joined", "hears");

    close(listener);

    assertThat(told).containsExactly("ear closed");
    assertThat(threadLives()).isFalse();
    expectPortFree();
  }

  @Test
  void triesAgainWhenItCouldNotJoin() throws Exception {
    BlockingQueue<String> troubles = new LinkedBlockingQueue<>(List.of("no device", "no address"));
    GroupListener listener =
        listener(
            () -> {
              String trouble = troubles.poll();
              if (trouble != null) {
                throw new NetException(trouble);
              }
              return join();
            },
            null,
            AT_ONCE);
    listener.start();
    expect("no device", "no address", "joined", "hears");
    close(listener);
  }

  @Test
  void joinsAnewWhenTheKernelHearsNoMore() throws Exception {
    GroupListener listener =
        listener(
            this::join,
            new GroupListener.Ear() {
              private int turns;

              @Override
              public void hear() throws NetException {
                told.add("hears");
                if (++turns % 2 == 0) {
                  throw new NetException("network is down");
                }
              }

              @Override
              public void close() {
                told.add("ear closed");
              }
            },
            AT_ONCE);
    listener.start();
    expect("joined", "hears", "hears", "ear closed", "network is down");
    UdpSocket first = joined;
    expect("joined", "hears", "hears", "ear closed", "network is down");
    close(listener);
    expectPortFree();
    UdpSocket.open(UdpSettings.of(first.local()), List.of()).close();
  }

  @Test
  void endsAtOnceWhileItWaitsToTryAgain() throws Exception {
    GroupListener listener =
        listener(
            () -> {
              throw new NetException("no device");
            },
            null,
            MUCH_LATER);
    listener.start();
    expect("no device");
    close(listener);
    assertThat(threadLives()).isFalse();
  }

  @Test
  void joinsNothingOnceItIsClosed() throws Exception {
    GroupListener listener = listener(this::join, null, MUCH_LATER);
    close(listener);
    listener.start();
    close(listener);
    assertThat(told).isEmpty();
  }
}
