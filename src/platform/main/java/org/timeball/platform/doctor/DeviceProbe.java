package org.timeball.platform.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import org.timeball.platform.process.OpenFiles;
import org.timeball.platform.process.ProcessName;

/** Are the devices there, may we use them, and does nobody else? */
final class DeviceProbe {
  private final Machine machine;

  DeviceProbe(Machine machine) {
    this.machine = machine;
  }

  Finding serial(Path device) {
    return examine(
        device,
        "On a Raspberry Pi put enable_uart=1 into config.txt (in /boot/firmware, earlier in /boot)"
            + " and reboot; a USB receiver shows up as /dev/ttyACM0 or /dev/ttyUSB0.",
        "dialout");
  }

  Finding pulses(Path device) {
    return examine(
        device,
        "On a Raspberry Pi put dtoverlay=pps-gpio,gpiopin=18 (or the pin of your board) into"
            + " config.txt and reboot.",
        "timeball");
  }

  Finding gpio() {
    List<String> chips =
        machine.names("/dev").stream().filter(name -> name.startsWith("gpiochip")).toList();
    if (chips.isEmpty()) {
      return Finding.note("GPIO", "there is none on this machine", "Leave light and button out.");
    }
    Path chip = machine.path("/dev/" + chips.getFirst());
    return isUsable(chip)
        ? Finding.good("GPIO", "/dev/" + chips.getFirst() + " may be used")
        : Finding.problem(
            "GPIO",
            "/dev/" + chips.getFirst() + " may not be used: permission denied",
            joinGroup(groupOf(chip, "gpio")));
  }

  private Finding examine(Path device, String howToGetIt, String usualGroup) {
    String subject = device.toString();
    Path real = machine.path(device);
    if (!Files.exists(real)) {
      return Finding.problem(subject, "does not exist", howToGetIt);
    }
    if (!isUsable(real)) {
      String group = groupOf(real, usualGroup);
      // A device that belongs to root alone needs a rule first: joining group root is no answer.
      return Finding.problem(
          subject,
          "permission denied",
          group.equals("root")
              ? "A udev rule must give it to a group: KERNEL==\""
                  + real.getFileName()
                  + "\", GROUP=\""
                  + usualGroup
                  + "\", MODE=\"0660\". Then: "
                  + joinGroup(usualGroup)
              : joinGroup(group));
    }
    List<ProcessName> holders = new OpenFiles(machine.proc()).holdersOf(real);
    if (!holders.isEmpty()) {
      return Finding.problem(
          subject,
          "in use by " + holders.getFirst(),
          "Stop it, if it is not this program's own service.");
    }
    return Finding.good(subject, "there, may be used, and nobody else has it open");
  }

  private static boolean isUsable(Path device) {
    return Files.isReadable(device) && Files.isWritable(device);
  }

  private static String joinGroup(String group) {
    return "usermod -a -G " + group + " " + System.getProperty("user.name") + ", and log in again.";
  }

  private static String groupOf(Path file, String otherwise) {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return otherwise;
    }
  }
}
