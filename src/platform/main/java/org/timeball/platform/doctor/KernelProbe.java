package org.timeball.platform.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What this kernel can do, and what it counts time with. */
final class KernelProbe {
  /** Counters that are read in nanoseconds; the others take a microsecond or tick too coarsely. */
  private static final Set<String> GOOD_CLOCKSOURCES =
      Set.of("tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page");

  private final Machine machine;

  KernelProbe(Machine machine) {
    this.machine = machine;
  }

  List<Finding> pulses() {
    List<Finding> findings = new ArrayList<>();
    List<String> sources = machine.names("/sys/class/pps");
    for (String source : sources) {
      String name = machine.text("/sys/class/pps/" + source + "/name").orElse("?");
      findings.add(Finding.good("/dev/" + source, "is the kernel's pulse source '" + name + "'"));
    }
    Optional<Set<String>> options = options();
    if (sources.isEmpty()) {
      findings.add(noSource(options));
    }
    if (options.isPresent() && !options.get().contains("CONFIG_NTP_PPS=y")) {
      findings.add(
          Finding.note(
              "kernel",
              "has no pulse discipline of its own (NTP_PPS), as most",
              "Nothing: this program does that part itself, and better."));
    }
    return findings;
  }

  private Finding noSource(Optional<Set<String>> options) {
    if (options.isEmpty()) {
      return Finding.note(
          "kernel", "shows no pulse source, and does not say whether it could have one", "");
    }
    Set<String> set = options.get();
    if (!set.contains("CONFIG_PPS=y") && !set.contains("CONFIG_PPS=m")) {
      return Finding.problem(
          "kernel", "cannot do pulses (CONFIG_PPS is not set)", "Use a kernel that can.");
    }
    if (!set.contains("CONFIG_PPS_CLIENT_GPIO=y") && !set.contains("CONFIG_PPS_CLIENT_GPIO=m")) {
      return Finding.problem(
          "kernel",
          "cannot take pulses from a GPIO pin (CONFIG_PPS_CLIENT_GPIO is not set)",
          "Use a kernel that can: Raspberry Pi OS, or Debian 13 and later. Debian 12's cannot.");
    }
    return Finding.note(
        "kernel",
        "can take pulses from a GPIO pin, but none is set up",
        "Set up the pin in config.txt (dtoverlay=pps-gpio,gpiopin=18) and reboot.");
  }

  Finding clocksource() {
    String current =
        machine
            .text("/sys/devices/system/clocksource/clocksource0/current_clocksource")
            .orElse("unknown");
    if (GOOD_CLOCKSOURCES.contains(current)) {
      return Finding.good("clock source", "is '" + current + "'");
    }
    return Finding.note(
        "clock source",
        "is '" + current + "', which is slow or coarse to read",
        "Boot without a clocksource= setting, if there is one in cmdline.txt.");
  }

  Finding realTimeClock() {
    List<String> clocks = machine.names("/sys/class/rtc");
    if (clocks.isEmpty()) {
      return Finding.note(
          "battery clock",
          "there is none: after a power cut the date is wrong until the receiver tells it",
          "Nothing has to be done; a board with one starts sooner.");
    }
    String first = clocks.getFirst();
    String name = machine.text("/sys/class/rtc/" + first + "/name").orElse("?");
    return machine.text("/sys/class/rtc/" + first + "/since_epoch").isPresent()
        ? Finding.good("battery clock", first + " is '" + name + "'")
        : Finding.note(
            "battery clock",
            first + " ('" + name + "') holds no time",
            "Its battery may be empty; once the clock is right: hwclock --systohc");
  }

  /** Lines of the kernel's own configuration that set something. */
  private Optional<Set<String>> options() {
    String release = machine.text("/proc/sys/kernel/osrelease").orElse("");
    Path packed = machine.path("/proc/config.gz");
    Path plain = machine.path("/boot/config-" + release);
    Path file = Files.isReadable(packed) ? packed : plain;
    try (InputStream in = Files.newInputStream(file);
        InputStream text = file.equals(packed) ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.US_ASCII))) {
      return Optional.of(
          lines.lines().filter(line -> line.contains("PPS")).collect(Collectors.toSet()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
