package org.timeball.platform.doctor;

import java.nio.file.Path;
import java.util.List;

/**
 * What the configuration needs, and so what is to be looked at.
 *
 * @param serialDevices such as {@code /dev/serial0}
 * @param pulseDevices such as {@code /dev/pps0}
 * @param udpPorts ports to listen on
 * @param steersKernelClock whether the kernel's clock is to be steered
 * @param usesGpio whether there is a status light or a button
 */
public record Questions(
    List<Path> serialDevices,
    List<Path> pulseDevices,
    List<Integer> udpPorts,
    boolean steersKernelClock,
    boolean usesGpio) {
  /** A Raspberry Pi with a GPS HAT, before anything was configured. */
  public static final Questions USUAL =
      new Questions(
          List.of(Path.of("/dev/serial0")),
          List.of(Path.of("/dev/pps0")),
          List.of(123),
          true,
          false);
}
