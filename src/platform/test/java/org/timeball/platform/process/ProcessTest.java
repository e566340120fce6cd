package org.timeball.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTest {
  private @TempDir Path proc;

  private void process(long pid, String comm, String arguments) throws IOException {
    Path process =
        Files.createDirectories(proc.resolve(Long.toString(pid)).resolve("fd")).getParent();
    Files.writeString(process.resolve("comm"), comm + "\n");
    Files.writeString(process.resolve("cmdline"), arguments.replace(' ', '\0') + "\0");
  }

  @Test
  void findsWhoHasADeviceOpenByWhateverNameItWasOpened(@TempDir Path devices) throws IOException {
    Path device = Files.createFile(devices.resolve("ttyAMA0"));
    Path link = Files.createSymbolicLink(devices.resolve("serial0"), device);
    process(123, "gpsd", "gpsd -n /dev/ttyAMA0");
    Files.createSymbolicLink(proc.resolve("123/fd/7"), device.toRealPath());
    process(124, "bash", "bash");

    assertThat(new OpenFiles(proc).holdersOf(link))
        .containsExactly(new ProcessName(123, "gpsd"))
        .first()
        .hasToString("gpsd (process 123)");
  }

  @Test
  void findsWhatAnotherRealProcessHasOpen(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("held"));
    Process holder =
        new ProcessBuilder("sh", "-c", "exec 5<" + file + "; echo open; read line").start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("open");

      assertThat(new OpenFiles().holdersOf(file))
          .extracting(ProcessName::pid)
          .containsExactly(holder.pid());
    } finally {
      holder.getOutputStream().close();
      holder.waitFor();
    }
  }

  @Test
  void findsDaemonsThatSteerTheClockAndLeavesOutThoseToldNotTo() throws IOException {
    process(5, "chronyd", "/usr/sbin/chronyd -F 1");
    process(6, "chronyd", "/usr/sbin/chronyd -x -f /tmp/c");
    process(7, "systemd-timesyn", "/lib/systemd/systemd-timesyncd");
    process(8, "bash", "bash -c ntpd");

    assertThat(new TimeDaemons(new OpenFiles(proc)).running())
        .extracting(ProcessName::pid)
        .containsExactlyInAnyOrder(5L, 7L);
  }

  @Test
  void findsWhoHasAPort() throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/udp"),
        """
           sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
          188: 00000000:007B 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2 0000000000000000 0
        """);
    Files.writeString(
        proc.resolve("net/udp6"),
        """
           sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
          189: 00000000000000000000000001000000:0143 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4712 2 0000000000000000 0
        """);
    process(9, "ntpd", "ntpd");
    Files.createSymbolicLink(proc.resolve("9/fd/4"), Path.of("socket:[4711]"));

    UdpPorts ports = new UdpPorts(proc);
    assertThat(ports.holdersOf(123)).containsExactly(new ProcessName(9, "ntpd"));
    assertThat(ports.isTaken(323)).isTrue();
    assertThat(ports.holdersOf(323)).isEmpty();
    assertThat(ports.isTaken(124)).isFalse();
  }

  @Test
  void seesARealSocket() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThat(new UdpPorts().isTaken(socket.getLocalPort())).isTrue();
      assertThat(new UdpPorts().holdersOf(socket.getLocalPort()))
          .extracting(ProcessName::pid)
          .contains(ProcessHandle.current().pid());
    }
  }

  @Test
  void readsPrivilegesAndLimits() throws IOException {
    Files.writeString(
        proc.resolve("status"), "Name:\tjava\nCapPrm:\t0\nCapEff:\t0000000002000400\n");
    Files.writeString(
        proc.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max locked memory         unlimited            unlimited            bytes
        """);

    Capabilities capabilities = Capabilities.of(proc);

    assertThat(capabilities.has(Capability.SYS_TIME)).isTrue();
    assertThat(capabilities.has(Capability.NET_BIND_SERVICE)).isTrue();
    assertThat(capabilities.has(Capability.SYS_NICE)).isFalse();
    assertThat(capabilities.lockedMemoryIsUnlimited()).isTrue();
  }

  @Test
  void aProcessThatCannotBeReadHasNoPrivileges() {
    assertThat(Capabilities.of(proc.resolve("none"))).isEqualTo(new Capabilities(0, false));
  }
}
