package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.MachineClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.process.KernelRandom;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Drivers;
import org.timeball.server.control.Commands;
import org.timeball.server.control.ControlClient;
import org.timeball.server.query.Query;
import org.timeball.server.query.QueryResult;
import org.timeball.time.Leap;

class DaemonTest {
  private static final long TWO_SECONDS = 2_000_000_000L;

  @TempDir private Path folder;
  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 23));
  private final int first = freePort();
  private final int second = freePort();
  private Path file;
  private Daemon daemon;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("timeball.toml");
    configure(listener("one", first));
    HostClock clock = UserClock.startingAtRealtime();
    Configuration configuration = reader.read(file);
    daemon =
        Daemon.start(
            configuration,
            new Surroundings(
                new Build("test", LocalDate.of(2026, 11, 23)),
                clock,
                new SystemDevices(clock),
                folder,
                folder,
                () -> reader.read(file),
                ServiceManager.of(Map.of())));
  }

  @AfterEach
  void end() {
    daemon.close();
  }

  @Test
  void answersFromTheStartThatItIsNotSynchronised() throws Exception {
    QueryResult answer = ask(first).orElseThrow();

    assertThat(answer.leap()).isEqualTo(Leap.UNSYNCHRONIZED);
    assertThat(answer.stratum()).isZero();
    assertThat(answer.isSynchronised()).isFalse();
  }

  @Test
  void saysWhyItIsNotSynchronised() throws Exception {
    assertThat(ControlClient.ask(folder, "why").text())
        .contains("Not synchronised")
        .contains("No source is configured");
  }

  @Test
  void tellsHowManyWereAnswered() throws Exception {
    assertThat(ask(first)).isPresent();
    assertThat(ask(first)).isPresent();

    assertThat(daemon.report().answered()).isEqualTo(2);
    assertThat(ControlClient.ask(folder, "status").text()).contains("2 received, 2 answered");
  }

  @Test
  void listensElsewhereAfterAReload() throws Exception {
    configure(listener("two", second));

    assertThat(ControlClient.ask(folder, "reload").text()).startsWith("reloaded");

    assertThat(ask(second)).isPresent();
    assertThat(isSilent(first)).isTrue();
  }

  @Test
  void keepsAListenerThatStays() throws Exception {
    assertThat(ask(first)).isPresent();
    configure(listener("one", first) + listener("two", second));

    ControlClient.ask(folder, "reload");

    assertThat(ask(first)).isPresent();
    assertThat(ask(second)).isPresent();
    assertThat(daemon.report().listeners())
        .filteredOn(listener -> listener.name().equals("one"))
        .singleElement()
        .satisfies(one -> assertThat(one.received()).isEqualTo(2));
  }

  @Test
  void changesAListenerAtItsPlace() throws Exception {
    assertThat(ask(first)).isPresent();
    configure(listener("one", first) + "dscp = 0\n");

    assertThat(ControlClient.ask(folder, "reload").text()).startsWith("reloaded");

    assertThat(ask(first)).isPresent();
    assertThat(daemon.report().listeners())
        .singleElement()
        .satisfies(one -> assertThat(one.received()).isEqualTo(1));
  }

  @Test
  void changesNothingIfTheNewFileHasAMistake() throws Exception {
    configure(listener("two", second) + "surprise = true\n");

    assertThatThrownBy(() -> ControlClient.ask(folder, "reload"))
        .isInstanceOf(Commands.Refused.class)
        .hasMessageContaining("has no key 'surprise'")
        .hasMessageContaining("nothing was changed");
    assertThat(ask(first)).isPresent();
  }

  @Test
  void changesNothingIfAnotherProgramHasTheNewPort() throws Exception {
    try (DatagramSocket other =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), second))) {
      configure(listener("two", other.getLocalPort()));

      assertThatThrownBy(() -> ControlClient.ask(folder, "reload"))
          .isInstanceOf(Commands.Refused.class)
          .hasMessageContaining(Integer.toString(second))
          .hasMessageContaining("nothing was changed");
    }
    assertThat(ask(first)).isPresent();
  }

  @Test
  void saysWhatNeedsARestart() throws Exception {
    configure(listener("one", first) + "[state]\ndirectory = \"/elsewhere\"\n");

    assertThatThrownBy(() -> ControlClient.ask(folder, "reload"))
        .hasMessage("a change of state.directory needs a restart; nothing was changed");
  }

  @Test
  void refusesACommandThatThereIsNot() {
    assertThatThrownBy(() -> ControlClient.ask(folder, "self-destruct"))
        .hasMessageContaining("there are status, sources, why, reload");
  }

  @Test
  void leavesNoSocketBehindAndKeepsWhatItLearned() {
    daemon.close();

    assertThat(folder.resolve("control")).doesNotExist();
    assertThat(folder.resolve("learned")).content().startsWith("timeball-state");
  }

  @Test
  void aPortThatIsTakenIsAStartFailureThatLeavesNothingOpen() throws Exception {
    Configuration configuration =
        reader.parse("t", listener("one", first) + control(folder.resolve("other")));
    HostClock clock = UserClock.startingAtRealtime();
    Surroundings surroundings =
        new Surroundings(
            new Build("test", LocalDate.of(2026, 11, 23)),
            clock,
            new SystemDevices(clock),
            folder.resolve("other"),
            folder.resolve("other"),
            () -> configuration,
            ServiceManager.of(Map.of()));

    assertThatThrownBy(() -> Daemon.start(configuration, surroundings))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(Integer.toString(first));
    assertThat(folder.resolve("other/control")).doesNotExist();
  }

  private void configure(String listeners) throws IOException {
    Files.writeString(file, "[clock]\nsteer = \"user\"\n" + listeners);
  }

  private static String listener(String name, int port) {
    return "[[listen]]\nname = \"%s\"\naddress = \"127.0.0.1\"\nport = %d\n".formatted(name, port);
  }

  private static String control(Path directory) {
    return "[control]\ndirectory = \"%s\"\n".formatted(directory);
  }

  private static Optional<QueryResult> ask(int port) throws NetException {
    try (HostClock clock = new MachineClock()) {
      return new Query(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              clock,
              new KernelRandom())
          .ask(TWO_SECONDS);
    }
  }

  /** Nobody listens there any more: the kernel says so at once. */
  private static boolean isSilent(int port) {
    try {
      return ask(port).isEmpty();
    } catch (NetException e) {
      return e.getMessage().contains("refused");
    }
  }

  private static int freePort() {
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError("no free UDP port", e);
    }
  }
}
