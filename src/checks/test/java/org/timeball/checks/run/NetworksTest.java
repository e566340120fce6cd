package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.checks.Project;
import org.timeball.server.control.ControlClient;

/**
 * One server on two networks that do not know of each other: the same addresses on both, on the
 * server's side and on the clients'. The networks are pairs of virtual devices between network
 * namespaces, which this test makes and removes.
 */
@Tag("slow")
final class NetworksTest {
  private static final String IPV4 = "198.18.74.";
  private static final String IPV6 = "fd00:74::";
  private static final String NO_ANSWER = "no answer";

  private static final String CONFIGURATION =
      """
      [clock]
      steer = "user"
      [keys]
      file = "FOLDER/keys"
      [[access]]
      name = "ipv4"
      allow = "198.18.74.0/24"
      otherwise = "deny"
      [[listen]]
      name = "red"
      address = ["198.18.74.1", "fd00:74::1"]
      device = "red"
      keys = 10
      [[listen]]
      name = "blue"
      address = ["198.18.74.1", "fd00:74::1"]
      device = "blue"
      access = "ipv4"
      keys = 11
      """;

  private static final String KEYS =
      """
      10 AES128 HEX:00112233445566778899aabbccddeeff
      11 AES128 HEX:ffeeddccbbaa99887766554433221100
      """;

  @TempDir private Path folder;
  private final String suffix = "-tb" + ProcessHandle.current().pid();
  private final String server = "server" + suffix;
  private final List<String> made = new ArrayList<>();
  private Process service;

  @BeforeEach
  void makeNetworks() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "only root can make network namespaces");
    if (!succeeds("ip", "-V")) {
      giveUp("the package iproute2 is missing");
    }
    if (!makeSpace(server)) {
      giveUp("no network namespace can be made here");
    }
    for (String network : List.of("red", "blue")) {
      String space = network + suffix;
      assertThat(makeSpace(space)).isTrue();
      ip("-n", server, "link", "add", network, "type", "veth", "peer", "eth0", "netns", space);
      address(server, network, 1);
      address(space, "eth0", 2);
    }
  }

  private static void giveUp(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(reason);
    }
    Assumptions.abort(reason);
  }

  private boolean makeSpace(String name) throws Exception {
    if (!succeeds("ip", "netns", "add", name)) {
      return false;
    }
    made.add(name);
    ip("-n", name, "link", "set", "lo", "up");
    return true;
  }

  private static void address(String space, String device, int host) throws Exception {
    ip("-n", space, "address", "add", IPV4 + host + "/24", "dev", device);
    ip("-n", space, "address", "add", IPV6 + host + "/64", "dev", device, "nodad");
    ip("-n", space, "link", "set", device, "up");
  }

  @AfterEach
  void removeNetworks() throws Exception {
    if (service != null) {
      service.destroy();
      service.waitFor(60, TimeUnit.SECONDS);
      service.destroyForcibly();
    }
    Collections.reverse(made);
    for (String space : made) {
      ip("netns", "delete", space);
    }
  }

  @Test
  void servesTwoNetworksOfTheSameAddressesEachByItsOwnRules() throws Exception {
    startService();

    assertThat(query("red", IPV4 + 1)).contains("stratum").doesNotContain(NO_ANSWER);
    assertThat(query("red", IPV4 + 1)).contains("stratum").doesNotContain(NO_ANSWER);
    assertThat(query("blue", IPV4 + 1)).contains("stratum").doesNotContain(NO_ANSWER);
    assertThat(query("red", IPV6 + 1)).contains("stratum").doesNotContain(NO_ANSWER);
    assertThat(query("blue", IPV6 + 1)).as("refused by its list").contains(NO_ANSWER);
    assertThat(queryWithKey("red", 10)).doesNotContain("NOT authentic").contains("stratum");
    assertThat(queryWithKey("red", 11)).as("a key of the other network").contains("NOT authentic");
    assertThat(queryWithKey("blue", 11)).doesNotContain("NOT authentic").contains("stratum");

    String status = ControlClient.ask(folder, "status").text();
    assertThat(status)
        .contains("red 198.18.74.1 port 123: 4 received, 4 answered, 0 dropped")
        .contains("blue 198.18.74.1 port 123: 2 received, 2 answered, 0 dropped")
        .contains("red fd00:74:0:0:0:0:0:1 port 123: 1 received, 1 answered, 0 dropped")
        .contains("blue fd00:74:0:0:0:0:0:1 port 123: 1 received, 0 answered, 1 dropped")
        .contains("1 crypto nak")
        .contains("1 access denied");
  }

  private void startService() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), KEYS);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    Path configuration =
        Files.writeString(
            folder.resolve("timeball.toml"), CONFIGURATION.replace("FOLDER", folder.toString()));
    Path log = folder.resolve("log");
    List<String> command = inside(server);
    command.addAll(List.of("run", "--config", configuration.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("RUNTIME_DIRECTORY", folder.toString());
    builder.environment().put("STATE_DIRECTORY", folder.toString());
    service = builder.start();
    Eventually.see(
        "the service", () -> ControlClient.answersIn(folder) || !service.isAlive(), up -> up);
    assertThat(service.isAlive()).as(Files.readString(log)).isTrue();
  }

  /** A network namespace has no clock of its own: what runs in it may not set the machine's. */
  private static List<String> inside(String space) {
    return new ArrayList<>(
        List.of(
            "ip",
            "netns",
            "exec",
            space,
            "setpriv",
            "--bounding-set=-sys_time",
            "--inh-caps=-sys_time",
            Project.ROOT.resolve("scripts/timeball").toString()));
  }

  private String query(String network, String host, String... options) throws Exception {
    List<String> command = inside(network + suffix);
    command.addAll(List.of("query", host));
    command.addAll(List.of(options));
    return run(command).output();
  }

  private String queryWithKey(String network, int key) throws Exception {
    return query(
        network,
        IPV4 + 1,
        "--key",
        Integer.toString(key),
        "--key-file",
        folder.resolve("keys").toString());
  }

  private record Finished(int exitCode, String output) {}

  private static Finished run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }

  private static void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Finished finished = run(command);
    assertThat(finished.exitCode()).as("%s: %s", command, finished.output()).isZero();
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return run(List.of(command)).exitCode() == 0;
    } catch (IOException e) {
      // There is no such program.
      return false;
    }
  }
}
