package org.timeball.platform.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.platform.doctor.Finding.Verdict;

/** Machines made of files, and this one. */
class DoctorTest {
  private static final Path SERIAL = Path.of("/dev/serial0");
  private static final Path PULSES = Path.of("/dev/pps0");

  private @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void process(long pid, String comm, String arguments) throws IOException {
    file("proc/" + pid + "/comm", comm + "\n");
    file("proc/" + pid + "/cmdline", arguments.replace(' ', '\0') + "\0");
    Files.createDirectories(root.resolve("proc/" + pid + "/fd"));
  }

  /** A Raspberry Pi as it should be. */
  private void goodMachine() throws IOException {
    file("dev/ttyAMA0", "");
    Files.createSymbolicLink(root.resolve("dev/serial0"), Path.of("ttyAMA0"));
    file("dev/pps0", "");
    file("dev/gpiochip0", "");
    file("sys/class/pps/pps0/name", "pps@12.-1\n");
    file("sys/devices/system/clocksource/clocksource0/current_clocksource", "arch_sys_counter\n");
    file("sys/class/rtc/rtc0/name", "rtc-ds1307 1-0068\n");
    file("sys/class/rtc/rtc0/since_epoch", "1795456000\n");
    file("proc/consoles", "tty1                 -WU (EC  p  )    4:1\n");
    file("proc/self/status", "CapEff:\t0000000002804400\n");
    file("proc/net/udp", "  sl  local_address\n");
  }

  private List<Finding> examine() {
    return new Doctor(new Machine(root))
        .examine(new Questions(List.of(SERIAL), List.of(PULSES), List.of(123), true, true));
  }

  private Finding about(String subject, Verdict verdict) {
    return examine().stream()
        .filter(f -> f.subject().equals(subject) && f.verdict() == verdict)
        .findFirst()
        .orElseThrow(() -> new AssertionError(subject + " " + verdict + " not in " + examine()));
  }

  @Test
  void aMachineThatIsAsItShouldBeHasOnlyGoodFindings() throws IOException {
    goodMachine();

    assertThat(examine()).allSatisfy(f -> assertThat(f.verdict()).isEqualTo(Verdict.GOOD));
  }

  @Test
  void everythingThatIsWrongComesWithAdvice() {
    assertThat(examine())
        .filteredOn(f -> f.verdict() == Verdict.PROBLEM)
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.advice()).isNotEmpty());
  }

  @Test
  void missingDevicesSayHowToGetThem() {
    assertThat(about("/dev/serial0", Verdict.PROBLEM).advice()).contains("enable_uart=1");
    assertThat(about("/dev/pps0", Verdict.PROBLEM).advice()).contains("dtoverlay=pps-gpio");
    assertThat(about("GPIO", Verdict.NOTE).found()).contains("none on this machine");
  }

  @Test
  void namesTheProgramThatHoldsTheLine() throws IOException {
    goodMachine();
    process(77, "gpsd", "gpsd /dev/serial0");
    Files.createSymbolicLink(
        root.resolve("proc/77/fd/3"), root.resolve("dev/ttyAMA0").toRealPath());

    assertThat(about("/dev/serial0", Verdict.PROBLEM).found())
        .isEqualTo("in use by gpsd (process 77)");
  }

  @Test
  void seesAConsoleAndALoginPromptOnTheLine() throws IOException {
    goodMachine();
    file("proc/consoles", "ttyAMA0              -W- (EC  p a)    204:64\n");
    process(88, "agetty", "/sbin/agetty -o -p -- \\u --keep-baud 115200 ttyAMA0 vt220");

    assertThat(examine())
        .filteredOn(f -> f.verdict() == Verdict.PROBLEM)
        .extracting(Finding::found)
        .containsExactly("is the kernel's console", "has a login prompt: agetty (process 88)");
  }

  @Test
  void seesAnotherTimeService() throws IOException {
    goodMachine();
    process(99, "systemd-timesyn", "/lib/systemd/systemd-timesyncd");

    Finding finding = about("other time services", Verdict.PROBLEM);
    assertThat(finding.found()).contains("process 99");
    assertThat(finding.advice()).contains("systemctl disable --now systemd-timesyncd");
  }

  @Test
  void seesATakenPortAndMissingPrivileges() throws IOException {
    goodMachine();
    file("proc/self/status", "CapEff:\t0000000000000000\n");
    file("proc/net/udp", "  sl\n 188: 00000000:007B 00000000:0000 07 0:0 00:0 0 0 0 4711 2 0 0\n");

    assertThat(examine())
        .filteredOn(f -> f.subject().equals("UDP port 123"))
        .extracting(Finding::found)
        .containsExactly(
            "may not be bound: below 1024", "is taken (run this as root to see by whom)");
    assertThat(about("kernel clock", Verdict.PROBLEM).advice())
        .contains("AmbientCapabilities=CAP_SYS_TIME");
    assertThat(about("punctuality", Verdict.NOTE).advice()).contains("LimitMEMLOCK=infinity");
  }

  @Test
  void aKernelThatCannotTakePulsesFromAPinIsSaidToBeSo() throws IOException {
    file("proc/sys/kernel/osrelease", "6.1.0-44-arm64\n");
    file("boot/config-6.1.0-44-arm64", "CONFIG_PPS=y\n# CONFIG_PPS_CLIENT_GPIO is not set\n");

    assertThat(about("kernel", Verdict.PROBLEM).advice()).contains("Debian 13");
  }

  @Test
  void aKernelThatCouldButHasNoPinSetUpIsSaidToBeSo() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(root.resolve("proc/config.gz")))) {
      out.write("CONFIG_PPS=y\nCONFIG_PPS_CLIENT_GPIO=m\n".getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(examine())
        .filteredOn(f -> f.subject().equals("kernel"))
        .extracting(Finding::found)
        .containsExactly(
            "can take pulses from a GPIO pin, but none is set up",
            "has no pulse discipline of its own (NTP_PPS), as most");
  }

  @Test
  void aCoarseClockSourceAndAnEmptyBatteryAreNoted() throws IOException {
    goodMachine();
    file("sys/devices/system/clocksource/clocksource0/current_clocksource", "jiffies\n");
    Files.delete(root.resolve("sys/class/rtc/rtc0/since_epoch"));

    assertThat(about("clock source", Verdict.NOTE).found()).contains("'jiffies'");
    assertThat(about("battery clock", Verdict.NOTE).advice()).contains("hwclock --systohc");
  }

  @Test
  void thisMachineIsExaminedWithoutAnError() {
    assertThat(new Doctor().examine(Questions.USUAL)).hasSizeGreaterThan(6);
  }
}
