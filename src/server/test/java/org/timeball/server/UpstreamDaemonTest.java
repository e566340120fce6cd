package org.timeball.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.core.control.StatusReport;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.source.SourceState;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.service.ServiceManager;
import org.timeball.server.config.ConfigurationFile;
import org.timeball.server.config.Drivers;
import org.timeball.server.control.Commands;
import org.timeball.server.control.ControlClient;
import org.timeball.server.fake.FakeServer;
import org.timeball.server.json.Json;
import org.timeball.time.ReferenceId;

/** A whole daemon whose servers are good, bad and away, over real sockets. */
@Timeout(120)
class UpstreamDaemonTest {
  private static final String FAST = "min-poll = -4\nmax-poll = -4\niburst = false\n";

  @TempDir private Path folder;
  private final ConfigurationFile reader =
      new ConfigurationFile(new Drivers(List.of()), LocalDate.of(2026, 11, 23));
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final List<FakeServer> servers = new ArrayList<>();
  private Daemon daemon;
  private int port;

  @AfterEach
  void end() {
    if (daemon != null) {
      daemon.close();
    }
    servers.forEach(FakeServer::close);
  }

  private FakeServer server(String address, int port) throws IOException {
    FakeServer server = new FakeServer(address, port);
    servers.add(server);
    return server;
  }

  private FakeServer server() throws IOException {
    return server("127.0.0.1", 0);
  }

  private static String source(String name, FakeServer server, String more) {
    return """
    [[source]]
    name = "%s"
    address = "127.0.0.1"
    port = %d
    %s
    """
        .formatted(name, server.port(), more);
  }

  private void configure(String sources) throws IOException {
    Files.writeString(
        folder.resolve("timeball.toml"),
        """
        [clock]
        steer = "user"
        [[listen]]
        name = "here"
        address = "127.0.0.1"
        port = %d
        %s
        """
            .formatted(port, sources));
  }

  private void start(String sources) throws Exception {
    try (FakeServer free = new FakeServer()) {
      port = free.port();
    }
    configure(sources);
    Path file = folder.resolve("timeball.toml");
    HostClock clock = UserClock.startingAtRealtime();
    daemon =
        Daemon.start(
            reader.read(file),
            new Surroundings(
                new Build("test", LocalDate.of(2026, 11, 23)),
                clock,
                new SystemDevices(clock),
                folder,
                folder,
                () -> reader.read(file),
                ServiceManager.of(Map.of()),
                this::lookUp,
                Urgency.none()));
  }

  private List<InetAddress> lookUp(String name) throws UnknownHostException {
    if (Character.isDigit(name.charAt(0))) {
      return List.of(InetAddress.ofLiteral(name));
    }
    if (!names.containsKey(name)) {
      throw new UnknownHostException(name);
    }
    return names.get(name).stream().map(InetAddress::ofLiteral).toList();
  }

  private StatusReport.Server of(String name) {
    return daemon.report().time().servers().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Asks the daemon until it is so; the timeout of the test bounds the wait. */
  private StatusReport.Server await(String name, Predicate<StatusReport.Server> wanted) {
    StatusReport.Server now = of(name);
    while (!wanted.test(now)) {
      Thread.onSpinWait();
      now = of(name);
    }
    return now;
  }

  private static long count(StatusReport.Server server, String label) {
    return server.dropped().getOrDefault(label, 0L);
  }

  private static byte[] withCryptoNak(byte[] good) {
    return Arrays.copyOf(good, good.length + 4);
  }

  @Test
  void aServerIsAskedSixteenTimesASecondIfThatIsWanted() throws Exception {
    FakeServer near = server();
    start(source("near", near, FAST));
    for (int i = 0; i < 33; i++) {
      assertThat(near.requests().poll(60, TimeUnit.SECONDS)).isNotNull();
    }

    StatusReport.Server seen = await("near", s -> s.used() > 20);
    assertThat(seen.pollExponent()).isEqualTo(-4);
    assertThat(seen.state()).isEqualTo(SourceState.READY);
  }

  @Test
  void aReplyPlayedAgainAtOnceAndAfterTheNextRequestIsCountedAndNotUsed() throws Exception {
    AtomicReference<byte[]> earlier = new AtomicReference<>();
    FakeServer server =
        server()
            .sends(good -> {
              byte[] before = earlier.getAndSet(good);
              return before == null ? List.of(good, good) : List.of(before, good, good);
            });
    start(source("ntp", server, FAST));

    StatusReport.Server seen = await("ntp", s -> s.used() > 5 && count(s, "1 duplicate") > 10);
    assertThat(seen.used() + seen.outliers()).isLessThanOrEqualTo(seen.asked());
    assertThat(seen.dropped().keySet()).containsOnly("1 duplicate");
  }

  @Test
  void aRateKissRaisesThePollIntervalAtOnceAndGivesNoTime() throws Exception {
    FakeServer server = server().kisses("RATE", 8);
    start(source("ntp", server, FAST));

    StatusReport.Server seen = await("ntp", s -> count(s, "kiss RATE") > 0);
    assertThat(seen.pollExponent()).isGreaterThanOrEqualTo(8);
    assertThat(seen.used()).isZero();
    assertThat(seen.refusal()).isEmpty();
  }

  @Test
  void aServerThatRefusesIsNotAskedAgainAndItIsSaid() throws Exception {
    FakeServer server = server().kisses("DENY", 4);
    start(source("ntp", server, FAST) + source("other", server(), FAST));

    StatusReport.Server seen = await("ntp", s -> s.state() == SourceState.REFUSED);
    long asked = of("ntp").asked();
    long others = of("other").asked();
    await("other", s -> s.asked() > others + 10);
    assertThat(of("ntp").asked()).isEqualTo(asked);
    assertThat(seen.refusal()).isEqualTo("DENY");
    assertThat(ControlClient.ask(folder, "why").text()).contains("refuses to serve us (DENY)");
  }

  @Test
  void aCryptoNakBesideTheTrueReplyAndOneUnasked() throws Exception {
    FakeServer server =
        server()
            .sends(good -> {
              byte[] unasked = withCryptoNak(good);
              unasked[30] ^= 1;
              return List.of(unasked, withCryptoNak(good), good);
            });
    start(source("ntp", server, FAST));

    StatusReport.Server seen = await("ntp", s -> s.used() > 5);
    assertThat(seen.state()).isEqualTo(SourceState.READY);
    assertThat(count(seen, "5 authentication")).isGreaterThan(4);
    assertThat(count(seen, "2 bogus")).isGreaterThan(4);
    assertThat(Integer.bitCount(seen.reach())).isGreaterThan(4);
  }

  @Test
  void aServerThatFollowsUsIsNotFollowed() throws Exception {
    // The address by which this server is reached is ours, too.
    FakeServer server =
        server()
            .bends(packet -> {
              NtpHeader.stratum(packet, 0, 3);
              NtpHeader.referenceId(
                  packet, 0, ReferenceId.ofAddress(new byte[] {127, 0, 0, 1}).bits());
            });
    start(source("ntp", server, FAST));

    StatusReport.Server seen = await("ntp", s -> count(s, "12 loop") > 3);
    assertThat(seen.state()).isEqualTo(SourceState.LOOP);
    assertThat(seen.used()).isZero();
  }

  @Test
  void whatIsNotUsedIsCountedForProgramsToo() throws Exception {
    FakeServer server = server().sends(good -> List.of(new byte[7], good));
    start(source("ntp", server, FAST));
    await("ntp", s -> count(s, "7 format") > 3);

    assertThat(Json.write(ControlClient.ask(folder, "sources").report()))
        .contains("\"dropped\":{\"7 format\":");
  }

  @Test
  void theMembersOfAPoolAreAskedByNumberAndABadOneIsReplaced() throws Exception {
    FakeServer first = server("127.0.0.11", 0);
    FakeServer bad = server("127.0.0.12", first.port()).kisses("DENY", 4);
    FakeServer spare = server("127.0.0.13", first.port());
    names.put("pool.example", List.of("127.0.0.11", "127.0.0.12", "127.0.0.13"));
    start(
        """
        [[source]]
        name = "pool"
        type = "pool"
        address = "pool.example"
        count = 2
        port = %d
        %s
        """
            .formatted(first.port(), FAST));

    assertThat(spare.requests().poll(60, TimeUnit.SECONDS)).isNotNull();
    StatusReport.Server second = await("pool#2", s -> s.address().startsWith("127.0.0.13"));
    assertThat(second.asked()).isPositive();
    int denied = bad.requests().size();
    await("pool#1", s -> s.used() > 5 && s.address().startsWith("127.0.0.11"));
    assertThat(bad.requests()).hasSize(denied);
    assertThat(ControlClient.ask(folder, "sources").text()).contains("pool#1", "pool#2");
  }

  @Test
  void aReloadThatAddsASourceLeavesTheOthersUndisturbed() throws Exception {
    FakeServer one = server();
    FakeServer two = server();
    start(source("one", one, FAST));
    long asked = await("one", s -> s.used() > 10).asked();

    configure(source("one", one, FAST) + source("two", two, FAST));
    ControlClient.ask(folder, "reload");

    assertThat(of("one").asked()).isGreaterThanOrEqualTo(asked);
    assertThat(of("one").used()).isGreaterThan(10);
    await("two", s -> s.used() > 2);

    configure(source("two", two, FAST));
    ControlClient.ask(folder, "reload");

    assertThat(daemon.report().time().servers()).hasSize(1);
    assertThat(of("two").used()).isGreaterThan(2);
  }

  @Test
  void aServerThatIsSetOfflineIsNotAskedUntilItIsSetOnline() throws Exception {
    FakeServer server = server();
    start(source("ntp", server, FAST) + source("other", server(), FAST));
    await("ntp", s -> s.used() > 5);

    assertThat(ControlClient.ask(folder, "offline ntp").text()).contains("ntp: not asked until");
    long asked = of("ntp").asked();
    long others = of("other").asked();
    await("other", s -> s.asked() > others + 10);
    assertThat(of("ntp").asked()).isEqualTo(asked);
    assertThat(of("ntp").state()).isEqualTo(SourceState.OFFLINE);
    assertThat(ControlClient.ask(folder, "why").text()).contains("'timeball online ntp' ends that");

    ControlClient.ask(folder, "online");
    await("ntp", s -> s.asked() > asked + 3 && s.state() == SourceState.READY);
    assertThatThrownBy(() -> ControlClient.ask(folder, "offline nobody"))
        .isInstanceOf(Commands.Refused.class)
        .hasMessageContaining("there is no server or pool 'nobody'");
    assertThatThrownBy(() -> ControlClient.ask(folder, "status now"))
        .hasMessageContaining("takes no name");
  }

  @Test
  void aServerWhoseNameNobodyKnowsYetIsOfflineAndAskedAsSoonAsItIsKnown() throws Exception {
    FakeServer server = server();
    start(source("ntp", server, FAST).replace("127.0.0.1", "ntp.example"));
    StatusReport.Server seen = await("ntp", s -> s.state() == SourceState.OFFLINE);
    assertThat(seen.trouble()).contains("'ntp.example' cannot be looked up");
    assertThat(seen.reach()).isZero();

    names.put("ntp.example", List.of("127.0.0.1"));

    await("ntp", s -> s.state() == SourceState.READY && s.trouble().isEmpty());
  }

  @Test
  void requestsAreOfTheVersionThatIsConfigured() throws Exception {
    FakeServer server = server();
    start(source("old", server, FAST + "version = 3\n"));

    byte[] request = server.requests().poll(60, TimeUnit.SECONDS);
    assertThat(NtpHeader.version(ByteBuffer.wrap(request), 0)).isEqualTo(3);
    await("old", s -> s.used() > 2);
  }
}
