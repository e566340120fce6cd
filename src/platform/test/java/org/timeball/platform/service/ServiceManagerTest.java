package org.timeball.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real Unix sockets. */
class ServiceManagerTest {
  private @TempDir Path directory;

  @Test
  void tellsASocketWithAPath() {
    String path = directory.resolve("notify").toString();
    try (DatagramInbox inbox = new DatagramInbox(path)) {
      ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", path));

      manager.ready("stratum 1,\nready");
      assertThat(inbox.next()).isEqualTo("READY=1\nSTATUS=stratum 1, ready");
      manager.status("holdover");
      assertThat(inbox.next()).isEqualTo("STATUS=holdover");
      manager.alive();
      assertThat(inbox.next()).isEqualTo("WATCHDOG=1");
      manager.stopping();
      assertThat(inbox.next()).isEqualTo("STOPPING=1");
      assertThat(manager.problem()).isEmpty();
    }
  }

  @Test
  void tellsASocketWithAnAbstractName() {
    String name = "@timeball-test-" + ProcessHandle.current().pid();
    try (DatagramInbox inbox = new DatagramInbox(name)) {
      ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", name));

      manager.alive();

      assertThat(inbox.next()).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void aReloadCarriesTheMonotonicTime() {
    String path = directory.resolve("notify").toString();
    try (DatagramInbox inbox = new DatagramInbox(path)) {
      long before = System.nanoTime() / 1_000;
      ServiceManager.of(Map.of("NOTIFY_SOCKET", path)).reloading();
      long after = System.nanoTime() / 1_000;

      String message = inbox.next();
      assertThat(message).startsWith("RELOADING=1\nMONOTONIC_USEC=");
      assertThat(Long.parseLong(message.substring(message.lastIndexOf('=') + 1)))
          .isBetween(before, after);
    }
  }

  @Test
  void withoutAManagerEverythingIsSilentlyFine() {
    ServiceManager manager = ServiceManager.of(Map.of("WATCHDOG_USEC", "1000000"));

    manager.ready("up");
    manager.alive();
    manager.stopping();

    assertThat(manager.isPresent()).isFalse();
    assertThat(manager.aliveIntervalNanos()).isEmpty();
    assertThat(manager.problem()).isEmpty();
  }

  @Test
  void asksToBeCalledTwiceInTheTimeTheWatchdogWaits() {
    Map<String, String> environment =
        Map.of(
            "NOTIFY_SOCKET",
            "/run/notify",
            "WATCHDOG_USEC",
            "3000000",
            "WATCHDOG_PID",
            Long.toString(ProcessHandle.current().pid()));

    assertThat(ServiceManager.of(environment).aliveIntervalNanos()).hasValue(1_500_000_000L);
  }

  @Test
  void aWatchdogOfAnotherProcessIsNotOurs() {
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1");

    assertThat(ServiceManager.of(environment).aliveIntervalNanos()).isEmpty();
  }

  @Test
  void aManagerThatHasGoneIsAProblemThatIsSaidAndNotAnError() {
    ServiceManager manager =
        ServiceManager.of(Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString()));

    manager.alive();

    assertThat(manager.problem()).hasValueSatisfying(p -> assertThat(p).contains("errno 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vsock:2:1234", "relative/path"})
  void anAddressThatIsNoUnixSocketIsAProblem(String address) {
    ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address));

    manager.alive();

    assertThat(manager.isPresent()).isFalse();
    assertThat(manager.problem()).hasValueSatisfying(p -> assertThat(p).contains(address));
  }

  @Test
  void anAddressTooLongForTheKernelIsAProblem() {
    ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107)));

    assertThat(manager.problem()).hasValueSatisfying(p -> assertThat(p).contains("108 octets"));
  }
}
