package org.timeball.platform.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntConsumer;
import org.timeball.spi.LineControl;

/**
 * Does what a driver asks of its line, in the order in which it asks, on a thread of its own: what
 * is written at 4800 baud takes its time, and the reader must not wait for it. The thread is made
 * when it is first needed; most lines are only listened to.
 */
final class SerialWriter implements LineControl {
  /** Chosen: many times what a receiver's set-up needs. Beyond it, nobody takes what we send. */
  private static final int LONGEST_QUEUE = 256;

  private final String device;
  private final SerialPort port;
  private final IntConsumer onBaud;
  private final BlockingQueue<Runnable> orders = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private Thread thread;
  private volatile int baud;
  private volatile boolean closed;

  SerialWriter(String device, SerialPort port, int baud, IntConsumer onBaud) {
    this.device = device;
    this.port = port;
    this.baud = baud;
    this.onBaud = onBaud;
  }

  /** The speed in force. */
  int baud() {
    return baud;
  }

  @Override
  public void write(byte[] octets) {
    byte[] copy = octets.clone();
    order(() -> port.writeBytes(copy, copy.length));
  }

  @Override
  public void setBaud(int newBaud) {
    order(() -> {
      if (port.setBaudRate(newBaud)) {
        baud = newBaud;
        onBaud.accept(newBaud);
      }
    });
  }

  @Override
  public void setDataTerminalReady(boolean ready) {
    order(() -> {
      // A line without modem control, such as a pseudo-terminal, says false; nothing to do.
      boolean _ = ready ? port.setDTR() : port.clearDTR();
    });
  }

  private void order(Runnable action) {
    if (closed) {
      return;
    }
    if (thread == null) {
      thread = Thread.ofPlatform().name("write-" + device).daemon().start(this::run);
    }
    // A line that takes nothing any more loses what is sent to it, as a wire would.
    boolean _ = orders.offer(action);
  }

  private void run() {
    try {
      while (!closed) {
        orders.take().run();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
