package org.timeball.platform.pps;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.line.LineDevice;
import org.timeball.platform.line.LineUnavailable;
import org.timeball.platform.linux.LinuxError;

/**
 * A pulse device of RFC 2783, such as {@code /dev/pps0}: the kernel stamps each edge in its
 * interrupt, and each stamp is placed on the raw scale as soon as it is fetched.
 */
public final class PulseDevice implements LineDevice {
  private final Path device;
  private final PacketClock clock;
  private final PpsSystem system;

  /**
   * @param clock places the kernel's stamps on the raw scale
   */
  public PulseDevice(Path device, PacketClock clock) {
    this(device, clock, PpsSystem.LINUX);
  }

  PulseDevice(Path device, PacketClock clock, PpsSystem system) {
    this.device = device;
    this.clock = clock;
    this.system = system;
  }

  @Override
  public String name() {
    return device.toString();
  }

  @Override
  public Connection open() throws LineUnavailable {
    int fd;
    try {
      fd = system.open(device.toString());
    } catch (LastErrorException e) {
      throw cannotOpen(e.getErrorCode());
    }
    try {
      capture(fd);
      return new PulseConnection(device, fd, clock, system);
    } catch (LastErrorException e) {
      system.close(fd);
      throw e.getErrorCode() == LinuxError.ENOTTY || e.getErrorCode() == LinuxError.EINVAL
          ? new LineUnavailable(device + ": is not a pulse device")
          : new LineUnavailable(device + ": " + LinuxError.describe(e));
    } catch (LineUnavailable e) {
      system.close(fd);
      throw e;
    }
  }

  /** Turns on every edge that the hardware can see. */
  private void capture(int fd) throws LineUnavailable {
    ByteBuffer argument = PpsLayout.allocate(Integer.BYTES);
    system.ioctl(fd, PpsLayout.PPS_GETCAP, argument);
    int capabilities = argument.getInt(0);
    int edges = capabilities & PpsLayout.PPS_CAPTUREBOTH;
    if (edges == 0 || (capabilities & PpsLayout.PPS_CANWAIT) == 0) {
      throw new LineUnavailable(
          String.format(
              "%s: the kernel's driver cannot wait for pulses (capabilities 0x%x)",
              device, capabilities));
    }
    ByteBuffer parameters = PpsLayout.allocate(PpsLayout.PARAMETERS_OCTETS);
    system.ioctl(fd, PpsLayout.PPS_GETPARAMS, parameters);
    int mode = PpsLayout.mode(parameters);
    if ((mode & PpsLayout.PPS_CAPTUREBOTH) == edges) {
      return;
    }
    PpsLayout.setMode(parameters, mode | edges | (capabilities & PpsLayout.PPS_TSFMT_TSPEC));
    try {
      system.ioctl(fd, PpsLayout.PPS_SETPARAMS, parameters);
    } catch (LastErrorException e) {
      // Changing what is captured takes CAP_SYS_TIME. One edge, as it was set up, is enough.
      if (e.getErrorCode() != LinuxError.EPERM || (mode & PpsLayout.PPS_CAPTUREBOTH) == 0) {
        throw e;
      }
    }
  }

  private LineUnavailable cannotOpen(int errno) {
    return switch (errno) {
      case LinuxError.ENOENT ->
          new LineUnavailable(
              device
                  + ": no such device. The kernel makes it for a pps-gpio overlay (in config.txt:"
                  + " dtoverlay=pps-gpio,gpiopin=18, then reboot); run scripts/timeball doctor.");
      case LinuxError.EACCES, LinuxError.EPERM ->
          new LineUnavailable(
              device
                  + ": permission denied. A udev rule must give it to a group that the user '"
                  + System.getProperty("user.name")
                  + "' is in; run scripts/timeball doctor.");
      case LinuxError.ENODEV, LinuxError.ENXIO ->
          new LineUnavailable(device + ": its kernel driver is gone; is the module loaded?");
      default -> new LineUnavailable(device + ": cannot be opened: " + LinuxError.describe(errno));
    };
  }
}
