package org.timeball.platform.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a socket is opened with.
 *
 * @param local address and port; 0.0.0.0 or :: for all addresses of that family, port 0 for any
 * @param device the network device, or VRF device, whose traffic alone is wanted
 * @param differentiatedServices DSCP of what is sent, 0 to 63
 */
public record UdpSettings(
    InetSocketAddress local, Optional<String> device, int differentiatedServices) {

  /** IFNAMSIZ, less the terminating zero. */
  private static final int LONGEST_DEVICE_NAME = 15;

  public UdpSettings {
    if (local.isUnresolved()) {
      throw new IllegalArgumentException(
          "'" + local.getHostString() + "' is not an address of this machine; write it as numbers");
    }
    if (differentiatedServices < 0 || differentiatedServices > 63) {
      throw new IllegalArgumentException(
          "dscp " + differentiatedServices + " is outside 0 to 63 (RFC 2474, section 3)");
    }
    if (device.isPresent()
        && (device.get().isEmpty() || device.get().length() > LONGEST_DEVICE_NAME)) {
      throw new IllegalArgumentException(
          "device '" + device.get() + "': a device name has 1 to 15 characters");
    }
  }

  /** All traffic to an address, forwarded without preference. */
  public static UdpSettings of(InetSocketAddress local) {
    return new UdpSettings(local, Optional.empty(), 0);
  }
}
