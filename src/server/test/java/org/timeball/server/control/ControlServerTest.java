package org.timeball.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServerTest {
  @TempDir private Path folder;
  private final AtomicLong rawNanos = new AtomicLong();
  private ControlServer server;

  @BeforeEach
  void open() throws IOException {
    server = ControlServer.open(folder, ControlServerTest::carryOut, rawNanos::get);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Answer carryOut(String command) throws Commands.Refused {
    return switch (command) {
      case "status" -> new Answer(Map.of("stratum", 1), "stratum 1");
      case "break" -> throw new IllegalStateException("the brain gave no answer");
      case "long" -> new Answer(Map.of(), "x".repeat(1_000_000));
      default -> throw new Commands.Refused("no command '" + command + "'");
    };
  }

  @Test
  void answersACommandForProgramsAndForPeople() throws Exception {
    Answer answer = ControlClient.ask(folder, "status");

    assertThat(answer.report()).isEqualTo(Map.of("stratum", 1L));
    assertThat(answer.text()).isEqualTo("stratum 1");
  }

  @Test
  void saysWhyACommandWasRefused() {
    assertThatThrownBy(() -> ControlClient.ask(folder, "explode"))
        .isInstanceOf(Commands.Refused.class)
        .hasMessage("no command 'explode'");
  }

  @Test
  void aFaultOfTheDaemonIsAnAnswerTooAndTheNextOneIsServed() throws Exception {
    assertThatThrownBy(() -> ControlClient.ask(folder, "break"))
        .isInstanceOf(Commands.Refused.class)
        .hasMessageContaining("the brain gave no answer");
    assertThat(ControlClient.ask(folder, "status").text()).isEqualTo("stratum 1");
  }

  @Test
  void givesALongAnswerWhole() throws Exception {
    assertThat(ControlClient.ask(folder, "long").text()).hasSize(1_000_000);
  }

  @Test
  void theSocketIsForTheOwnerAndTheGroup() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-rw----");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "status", "[]", "{}", "{\"command\":7}", "{\"command\":\"status\"", "\u0000"})
  void whatIsNotARequestIsRefusedAndTheNextIsAnswered(String line) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        BufferedReader reader = readerOf(channel)) {
      say(channel, line + "\n{\"command\":\"status\"}\n");

      assertThat(reader.readLine()).startsWith("{\"ok\":false,\"error\":");
      assertThat(reader.readLine()).startsWith("{\"ok\":true,");
    }
  }

  @Test
  void aRequestMayComeInPieces() throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        BufferedReader reader = readerOf(channel)) {
      for (char c : "{\"command\":\"status\"}\n".toCharArray()) {
        say(channel, String.valueOf(c));
      }

      assertThat(reader.readLine()).startsWith("{\"ok\":true,");
    }
  }

  @Test
  void anEndlessRequestIsCutOff() throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        BufferedReader reader = readerOf(channel)) {
      say(channel, "x".repeat(4_096));

      assertThat(reader.readLine()).contains("one line of at most 4096 octets");
      assertThat(reader.readLine()).isNull();
    }
  }

  @Test
  void manySilentClientsDoNotKeepOthersOutForLong() throws Exception {
    List<SocketChannel> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        silent.add(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
      }
      // Reading the end of the last proves that it was turned away, and so that all were seen.
      assertThat(silent.getLast().read(ByteBuffer.allocate(1))).isEqualTo(-1);
      rawNanos.addAndGet(61_000_000_000L);

      assertThat(ControlClient.ask(folder, "status").text()).isEqualTo("stratum 1");
    } finally {
      for (SocketChannel channel : silent) {
        channel.close();
      }
    }
  }

  @Test
  void aSecondDaemonInTheSameDirectoryIsRefused() {
    assertThatThrownBy(() -> ControlServer.open(folder, ControlServerTest::carryOut, rawNanos::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another timeball answers here already");
  }

  @Test
  void aSocketLeftBehindByAnEarlierRunIsReplaced() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(other.resolve("control")));
    }

    ControlServer second = ControlServer.open(other, ControlServerTest::carryOut, rawNanos::get);
    assertThat(ControlClient.ask(other, "status").text()).isEqualTo("stratum 1");

    second.close();
    assertThat(other.resolve("control")).doesNotExist();
  }

  private Path socket() {
    return folder.resolve("control");
  }

  private static BufferedReader readerOf(SocketChannel channel) {
    return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  private static void say(SocketChannel channel, String text) throws IOException {
    channel.write(StandardCharsets.UTF_8.encode(text));
  }
}
