package org.timeball.checks.guest;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.timeball.sim.receiver.ReceiverSettings;

/** One running guest with its receiver and an NTP client that asks it. */
final class Guest implements AutoCloseable {
  private static final String KERNEL_COMMAND_LINE = "console=ttyAMA0 quiet panic=-1 net.ifnames=0";

  /**
   * The daemon's usual ones (see {@code scripts/timeball}), and the quick compiler alone: on an
   * emulated processor the thorough one costs more than it ever gives back.
   */
  private static final String JAVA_OPTIONS =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms16m -Xmx40m"
          + " -Xss512k -XX:ReservedCodeCacheSize=32m --enable-native-access=ALL-UNNAMED";

  /** How late QEMU may make a pulse while this machine is idle, in ways that nobody can measure. */
  private static final double PULSE_NOISE_SECONDS = 0.001;

  /** As QEMU reads it. */
  private static final DateTimeFormatter BATTERY_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  /** The guest's disk, kept when it loses its power and boots again. */
  private static final String DISK = "disk.img";

  private final Machine machine;
  private final Process qemu;
  private final TrueTime time;
  private final Console console;
  private final ControlPort control;
  private final PulseLine pulses;
  private final SocketChannel serial;
  private final HostReceiver receiver;
  private final ServedTime served;

  private Guest(
      Machine machine,
      Process qemu,
      TrueTime time,
      Console console,
      ControlPort control,
      PulseLine pulses,
      SocketChannel serial,
      HostReceiver receiver,
      ServedTime served) {
    this.machine = machine;
    this.qemu = qemu;
    this.time = time;
    this.console = console;
    this.control = control;
    this.pulses = pulses;
    this.serial = serial;
    this.receiver = receiver;
    this.served = served;
  }

  /** Boots until the guest takes commands. */
  static Guest boot(Machine machine, Path folder, GuestSettings settings) throws Exception {
    int ntpPort = NtpProbe.freePort();
    List<String> command = command(machine, folder, settings, ntpPort);
    command.addAll(
        List.of(
            "-chardev",
            "socket,id=console,server=on,wait=on,path="
                + folder.resolve("console.sock")
                + ",logfile="
                + folder.resolve("console.log")
                + ",logappend=on",
            "-append",
            KERNEL_COMMAND_LINE));
    Process qemu =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("qemu.log").toFile()))
            .start();
    // A guest must not outlive this program.
    Runtime.getRuntime().addShutdownHook(new Thread(qemu::destroyForcibly));
    TrueTime time =
        new TrueTime(settings.trueSeconds(), settings.rateError(), settings.leapAtUnixSeconds());
    Console console = Console.open(folder.resolve("console.sock"), qemu);
    ControlPort control = ControlPort.open(folder.resolve("control.sock"), qemu);
    PulseLine pulses =
        PulseLine.open(folder.resolve("qtest.sock"), folder.resolve("monitor.sock"), qemu);
    SocketChannel serial = UnixSocket.connect(folder.resolve("gps.sock"), qemu);
    HostReceiver receiver = new HostReceiver(time, pulses, serial, ReceiverSettings.common());
    console.await(0, "guest: ready", 10);
    return new Guest(
        machine,
        qemu,
        time,
        console,
        control,
        pulses,
        serial,
        receiver,
        new ServedTime(new NtpProbe(time, ntpPort)));
  }

  /** Boots with this terminal as the guest's console and returns when the guest has ended. */
  static void shell(Machine machine, Path folder, GuestSettings settings) throws Exception {
    int ntpPort = NtpProbe.freePort();
    List<String> command = command(machine, folder, settings, ntpPort);
    command.addAll(
        List.of(
            "-chardev",
            "stdio,id=console,signal=off",
            "-append",
            KERNEL_COMMAND_LINE + " timeball.shell"));
    System.out.println("guest: its NTP server will be at 127.0.0.1 port " + ntpPort);
    Process qemu = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(qemu::destroyForcibly));
    TrueTime time =
        new TrueTime(settings.trueSeconds(), settings.rateError(), settings.leapAtUnixSeconds());
    try (PulseLine pulses =
            PulseLine.open(folder.resolve("qtest.sock"), folder.resolve("monitor.sock"), qemu);
        SocketChannel serial = UnixSocket.connect(folder.resolve("gps.sock"), qemu);
        HostReceiver _ = new HostReceiver(time, pulses, serial, ReceiverSettings.common())) {
      qemu.waitFor();
    }
  }

  private static List<String> command(
      Machine machine, Path folder, GuestSettings settings, int ntpPort) throws IOException {
    Files.createDirectories(folder);
    Path disk = folder.resolve(DISK);
    if (!Files.exists(disk)) {
      Files.copy(machine.disk(), disk);
    }
    LocalDateTime batteryClock =
        LocalDateTime.ofEpochSecond(
            settings.trueSeconds() + settings.clockErrorSeconds(), 0, ZoneOffset.UTC);
    List<String> command = new ArrayList<>(machine.qemu());
    command.addAll(
        List.of(
            "-rtc",
            "clock=vm,base=" + BATTERY_CLOCK.format(batteryClock),
            "-pidfile",
            folder.resolve("qemu.pid").toString(),
            "-drive",
            "if=none,id=b,format=raw,file=" + disk,
            "-device",
            "virtio-blk-pci,drive=b,romfile=",
            "-netdev",
            "user,id=net,ipv6=off,hostfwd=udp:127.0.0.1:" + ntpPort + "-:123",
            "-device",
            "virtio-net-pci,netdev=net,romfile=",
            "-chardev",
            socket("gps", folder),
            "-chardev",
            socket("control", folder),
            "-device",
            "virtio-serial-pci",
            "-device",
            "virtserialport,chardev=control,name=timeball.control",
            "-monitor",
            "unix:" + folder.resolve("monitor.sock") + ",server=on,wait=off",
            "-qtest",
            "unix:" + folder.resolve("qtest.sock") + ",server=on,wait=off",
            "-qtest-log",
            "none"));
    return command;
  }

  private static String socket(String id, Path folder) {
    return "socket,id=%s,server=on,wait=off,path=%s".formatted(id, folder.resolve(id + ".sock"));
  }

  /** Where the receiver's sentences come from, in the guest. */
  String serialDevice() {
    return machine.serialDevice();
  }

  TrueTime time() {
    return time;
  }

  Console console() {
    return console;
  }

  HostReceiver receiver() {
    return receiver;
  }

  /** What its NTP server said so far. */
  ServedTime served() {
    return served;
  }

  /** Runs a line of shell in the guest that must succeed; gives what it printed. */
  String run(String command) throws IOException, InterruptedException {
    return control.run(command);
  }

  /** Reads the kernel's clock state with busybox, not with our code. */
  KernelStatus kernel() throws IOException, InterruptedException {
    return KernelStatus.parse(control.run("adjtimex"));
  }

  /** Tells what clients were told since a mark, all of which must have been true. */
  String everyReplyWasTrue(int mark) {
    double late = receiver.lateness();
    int told = served.neverLied(mark, PULSE_NOISE_SECONDS + 2 * late);
    return "%d replies told a time, none was worse than it said (nine of ten pulses less than %.1f ms late)"
        .formatted(told, late * 1e3);
  }

  /** Waits until the kernel says so of its clock, as it may from the next second on. */
  void awaitKernel(String answer) throws Exception {
    Patience.until(
        "the kernel's answer '" + answer + "'",
        1.5,
        () -> Optional.of(kernel().answer()).filter(answer::equals));
  }

  /** Starts a Java program of the distribution or of these checks; it talks to the console. */
  void startJava(String command) throws IOException, InterruptedException {
    control.run(java(command) + " >/dev/console 2>&1 &");
  }

  /** Runs a Java program of the distribution that must succeed; gives what it printed. */
  String runJava(String command) throws IOException, InterruptedException {
    return control.run(java(command));
  }

  private static String java(String command) {
    return "cd /var && java %s -cp 'checks:timeball/lib/*:timeball/drivers/*' %s"
        .formatted(JAVA_OPTIONS, command);
  }

  /** What the guest's clock shows, in seconds since 1970, give or take a tenth. */
  double clockSeconds() throws IOException, InterruptedException {
    return kernel().seconds();
  }

  /** The guest's clock minus true time in seconds, from the quickest of some readings. */
  double clockError() throws IOException, InterruptedException {
    double quickest = Double.MAX_VALUE;
    double error = 0;
    for (int i = 0; i < 5; i++) {
      long before = time.unixNanos();
      double shown = clockSeconds();
      long after = time.unixNanos();
      double took = (after - before) * 1e-9;
      if (took < quickest) {
        quickest = took;
        error = shown - before * 1e-9 - took / 2;
      }
    }
    return error;
  }

  /** CLOCK_TAI minus CLOCK_REALTIME in whole seconds, as the kernel's timers have it. */
  long taiMinusUtc() throws IOException, InterruptedException {
    // The first eight are those of one processor, in the order of the kernel's hrtimer bases.
    List<Long> offsets =
        control
            .run("grep offset: /proc/timer_list | head -n 8")
            .lines()
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .toList();
    return Math.round((offsets.get(3) - offsets.get(1)) * 1e-9);
  }

  /** The guest loses its power at once: what it had not written is gone. */
  @Override
  public void close() throws IOException {
    receiver.close();
    served.close();
    control.close();
    pulses.close();
    serial.close();
    qemu.destroyForcibly().onExit().join();
    console.close();
  }
}
