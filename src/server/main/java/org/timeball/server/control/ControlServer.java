package org.timeball.server.control;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.timeball.platform.process.ThreadEnd;

/** Answers the clients of the control socket, on one thread. */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ControlServer.class.getName());

  /** Chosen: a handful of people and dashboards at once. */
  private static final int MOST_CLIENTS = 16;

  /** A client that says nothing makes room for others. */
  private static final long LONGEST_SILENCE_NANOS = 60_000_000_000L;

  private static final long LOOK_ROUND_MILLIS = 5_000;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final Commands commands;
  private final LongSupplier rawClock;
  private final Thread thread;
  private volatile boolean closing;

  private ControlServer(
      Path socket,
      ServerSocketChannel server,
      Selector selector,
      Commands commands,
      LongSupplier rawClock) {
    this.socket = socket;
    this.server = server;
    this.selector = selector;
    this.commands = commands;
    this.rawClock = rawClock;
    thread = Thread.ofPlatform().name("control").daemon().unstarted(this::run);
  }

  /**
   * Makes the socket and starts to answer.
   *
   * @param directory the run directory; made if it is not there
   * @throws IOException if the socket cannot be made, or another daemon answers there; the message
   *     says what to do
   */
  public static ControlServer open(Path directory, Commands commands, LongSupplier rawClock)
      throws IOException {
    Path socket = directory.resolve(ControlClient.SOCKET);
    Files.createDirectories(directory);
    if (ControlClient.answersAt(socket)) {
      throw new IOException(
          socket
              + ": another timeball answers here already; stop it, or give this one a directory of"
              + " its own ([control] directory)");
    }
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Selector selector = null;
    try {
      // Made under another name, so that nobody finds it before its mode is right. A socket that an
      // earlier run left behind is replaced by the same move.
      Path fresh = directory.resolve(ControlClient.SOCKET + ".new");
      Files.deleteIfExists(fresh);
      server.bind(UnixDomainSocketAddress.of(fresh));
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-rw----"));
      Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
      server.configureBlocking(false);
      selector = Selector.open();
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      server.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
    ControlServer control = new ControlServer(socket, server, selector, commands, rawClock);
    control.thread.start();
    return control;
  }

  private void run() {
    while (!closing) {
      try {
        selector.select(LOOK_ROUND_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
        dropSilentClients();
      } catch (IOException e) {
        LOG.log(Logger.Level.ERROR, socket + ": the control socket failed and is closed", e);
        return;
      }
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
      return;
    }
    Conversation conversation = (Conversation) key.attachment();
    try {
      conversation.goOn(rawClock.getAsLong());
      if (conversation.isOver()) {
        conversation.close();
      } else {
        key.interestOps(conversation.interests());
      }
    } catch (IOException e) {
      // The client went away in the middle; that is its right.
      conversation.close();
    }
  }

  private void accept() throws IOException {
    SocketChannel client = server.accept();
    if (client == null) {
      return;
    }
    dropSilentClients();
    if (clients() >= MOST_CLIENTS) {
      client.close();
      return;
    }
    client.configureBlocking(false);
    Conversation conversation = new Conversation(client, commands, rawClock.getAsLong());
    client.register(selector, SelectionKey.OP_READ, conversation);
  }

  private long clients() {
    return selector.keys().stream()
        .filter(key -> key.isValid() && key.attachment() instanceof Conversation)
        .count();
  }

  private void dropSilentClients() {
    long oldest = rawClock.getAsLong() - LONGEST_SILENCE_NANOS;
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Conversation conversation
          && conversation.lastHeardRawNanos() < oldest) {
        conversation.close();
      }
    }
  }

  /** Ends the thread and removes the socket. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    ThreadEnd.await(thread);
    try {
      List<SelectionKey> keys = new ArrayList<>(selector.keys());
      for (SelectionKey key : keys) {
        key.channel().close();
      }
      selector.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.log(Logger.Level.WARNING, "{0}: cannot be removed ({1})", socket, e.toString());
    }
  }
}
