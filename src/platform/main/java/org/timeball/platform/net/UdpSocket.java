package org.timeball.platform.net;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.timeball.platform.process.UdpPorts;

/**
 * A UDP socket whose datagrams carry the kernel's time of arrival and the address they were sent
 * to. One thread receives and sends; {@link #stopReceiving} may be called from any.
 *
 * <p>A socket of IPv6 takes no IPv4: an address means the same on every machine, whatever its
 * {@code bindv6only} says.
 */
public final class UdpSocket implements AutoCloseable {
  /** Enough for a burst of some thousand requests; the kernel caps it at {@code rmem_max}. */
  private static final int RECEIVE_BUFFER_OCTETS = 4 << 20;

  private static final int STAMPS =
      Linux.SOF_TIMESTAMPING_RX_SOFTWARE
          | Linux.SOF_TIMESTAMPING_SOFTWARE
          | Linux.SOF_TIMESTAMPING_OPT_ID
          | Linux.SOF_TIMESTAMPING_OPT_TSONLY;

  /** Room for a group's interface and address, the largest of what the kernel is handed. */
  private static final int SCRATCH_OCTETS = 8 + SocketAddresses.STORAGE;

  private final int descriptor;
  private final boolean ipv6;
  private final InetSocketAddress local;
  private final String subject;
  private boolean closed;

  private UdpSocket(int descriptor, boolean ipv6, InetSocketAddress local, String subject) {
    this.descriptor = descriptor;
    this.ipv6 = ipv6;
    this.local = local;
    this.subject = subject;
  }

  /**
   * Opens a server's socket, bound and ready to receive.
   *
   * @param beside sockets of ours that may have the same port because they are of other networks
   * @throws NetException if the kernel refuses; the message says why and what to do
   */
  public static UdpSocket open(UdpSettings settings, List<UdpSocket> beside) throws NetException {
    String subject = "udp " + SocketAddresses.text(settings.local());
    boolean ipv6 = settings.local().getAddress() instanceof Inet6Address;
    try (Opening opening = new Opening(subject, ipv6)) {
      opening.option(Linux.SOL_SOCKET, Linux.SO_RCVBUF, RECEIVE_BUFFER_OCTETS, "SO_RCVBUF");
      opening.option(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING, STAMPS, "SO_TIMESTAMPING");
      opening.destinationAddresses();
      opening.differentiatedServices(settings.differentiatedServices());
      opening.device(settings.device());
      if (beside.isEmpty()) {
        opening.bind(settings);
      } else {
        whileReusable(beside, () -> opening.bindReusable(settings));
        opening.option(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 0, "SO_REUSEADDR");
      }
      return opening.finish();
    }
  }

  /** What is done while a second socket may have an address. */
  @FunctionalInterface
  private interface Binding {
    void make() throws NetException;
  }

  /**
   * For this moment only: at any other time a second socket on the address is to be an error. To
   * the kernel a socket of one network device is in the way of one of all devices.
   */
  private static void whileReusable(List<UdpSocket> sockets, Binding binding) throws NetException {
    List<UdpSocket> changed = new ArrayList<>();
    try {
      for (UdpSocket socket : sockets) {
        socket.reusable(1);
        changed.add(socket);
      }
      binding.make();
    } finally {
      for (UdpSocket socket : changed) {
        socket.reusable(0);
      }
    }
  }

  /**
   * Opens a client's socket, which hears nobody but {@code server}. Each datagram that it sends is
   * stamped by the kernel.
   *
   * @throws NetException if the kernel refuses; the message says why and what to do
   */
  public static UdpSocket connect(InetSocketAddress server, int differentiatedServices)
      throws NetException {
    String subject = "udp to " + SocketAddresses.text(server);
    try (Opening opening = new Opening(subject, server.getAddress() instanceof Inet6Address)) {
      opening.option(
          Linux.SOL_SOCKET,
          Linux.SO_TIMESTAMPING,
          STAMPS | Linux.SOF_TIMESTAMPING_TX_SOFTWARE,
          "SO_TIMESTAMPING");
      opening.differentiatedServices(differentiatedServices);
      opening.connect(server);
      return opening.finish();
    }
  }

  /**
   * Opens a socket that hears what is sent to a group, or to the broadcast address of a network.
   *
   * @param beside sockets of ours that may have the same port
   * @throws NetException if the kernel refuses; the message says why and what to do
   */
  public static UdpSocket join(UdpGroup group, List<UdpSocket> beside) throws NetException {
    boolean ipv6 = group.address().getAddress() instanceof Inet6Address;
    try (Opening opening =
        new Opening("udp group " + SocketAddresses.text(group.address()), ipv6)) {
      opening.option(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING, STAMPS, "SO_TIMESTAMPING");
      opening.destinationAddresses();
      opening.device(group.device());
      UdpSettings settings = new UdpSettings(group.address(), group.device(), 0);
      whileReusable(beside, () -> opening.bindReusable(settings));
      if (group.address().getAddress().isMulticastAddress()) {
        opening.member(group);
      }
      return opening.finish();
    }
  }

  /**
   * Opens another socket at this one's address and port that hears {@code peer} alone. While it is
   * open, the kernel gives it what comes from there and this one everything else. Each datagram
   * that it sends is stamped by the kernel.
   *
   * @param beside as {@link #open} has it
   * @throws NetException if the kernel refuses; the message says why and what to do
   */
  public UdpSocket branch(InetSocketAddress peer, UdpSettings settings, List<UdpSocket> beside)
      throws NetException {
    String name = "udp to peer " + SocketAddresses.text(peer);
    return branch(name, peer, settings.device(), settings, beside, opening -> {});
  }

  /**
   * Opens another socket at this one's address and port that sends to many hosts and hears none.
   * Each datagram that it sends is stamped by the kernel.
   *
   * @param beside as {@link #open} has it
   * @throws NetException if the kernel refuses; the message says why and what to do
   */
  public UdpSocket branch(UdpGroup group, UdpSettings settings, List<UdpSocket> beside)
      throws NetException {
    String name = "udp to group " + SocketAddresses.text(group.address());
    Optional<String> device = group.device().or(settings::device);
    return branch(
        name,
        group.address(),
        device,
        settings,
        beside,
        opening -> opening.manyHosts(group.hops()));
  }

  /** Options that one kind of branch has beside those of all. */
  @FunctionalInterface
  private interface MoreOptions {
    void set(Opening opening) throws NetException;
  }

  private synchronized UdpSocket branch(
      String name,
      InetSocketAddress towards,
      Optional<String> device,
      UdpSettings settings,
      List<UdpSocket> beside,
      MoreOptions more)
      throws NetException {
    if (closed) {
      throw new NetException(subject + ": is closed");
    }
    try (Opening opening = new Opening(name, ipv6)) {
      opening.option(
          Linux.SOL_SOCKET,
          Linux.SO_TIMESTAMPING,
          STAMPS | Linux.SOF_TIMESTAMPING_TX_SOFTWARE,
          "SO_TIMESTAMPING");
      opening.destinationAddresses();
      opening.differentiatedServices(settings.differentiatedServices());
      opening.device(device);
      more.set(opening);
      List<UdpSocket> others = new ArrayList<>(beside);
      others.add(this);
      // A branch stays reusable, or it would be in the way of the next one.
      whileReusable(
          others,
          () -> {
            opening.bindReusable(new UdpSettings(local, device, settings.differentiatedServices()));
            opening.connect(towards);
          });
      return opening.finish();
    }
  }

  private synchronized void reusable(int yes) throws NetException {
    if (closed) {
      return;
    }
    try (NativeBlock value = new NativeBlock(Integer.BYTES)) {
      value.structures().putInt(0, yes);
      int result =
          SocketCalls.setsockopt(
              descriptor, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, value.address(0), Integer.BYTES);
      if (result < 0) {
        throw failure(result);
      }
    }
  }

  /** Address and port that the kernel bound. */
  public InetSocketAddress local() {
    return local;
  }

  int descriptor() {
    return descriptor;
  }

  boolean ipv6() {
    return ipv6;
  }

  /** What to tell about a call of {@link SocketCalls} that failed. */
  NetException failure(int result) {
    String hint =
        Errno.ECONNREFUSED.is(result)
            ? ". The machine is there, but nothing listens on that port."
            : "";
    return new NetException(
        subject + ": " + Errno.describe(result) + hint, Errno.isWantOfAWay(result));
  }

  /** True when bound to all addresses, so that a reply must say from which one it leaves. */
  boolean wildcard() {
    return local.getAddress().isAnyLocalAddress();
  }

  /**
   * Ends a receive that another thread is waiting in, and every later one at once. The socket stays
   * open: its descriptor cannot be handed to another file while that thread still uses it.
   */
  public synchronized void stopReceiving() {
    if (!closed) {
      // An unconnected socket answers ENOTCONN and wakes its reader all the same.
      int result = SocketCalls.shutdown(descriptor, Linux.SHUT_RDWR);
      if (result < 0 && !Errno.ENOTCONN.is(result)) {
        throw new IllegalStateException("shutdown of a UDP socket: " + Errno.describe(result));
      }
    }
  }

  /** Closes the descriptor. No thread may be receiving or sending; see {@link #stopReceiving}. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      SocketCalls.close(descriptor);
    }
  }

  /** A socket on its way: closed again unless {@link #finish} is reached. */
  private static final class Opening implements AutoCloseable {
    private final String subject;
    private final boolean ipv6;
    private final NativeBlock scratch = new NativeBlock(SCRATCH_OCTETS);
    private int descriptor;

    Opening(String subject, boolean ipv6) throws NetException {
      this.subject = subject;
      this.ipv6 = ipv6;
      descriptor =
          SocketCalls.socket(
              ipv6 ? Linux.AF_INET6 : Linux.AF_INET, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
      if (descriptor < 0) {
        scratch.close();
        String hint =
            Errno.EAFNOSUPPORT.is(descriptor) && ipv6
                ? ". IPv6 is switched off on this machine; listen on IPv4 addresses only."
                : "";
        throw new NetException(
            subject + ": cannot make a socket: " + Errno.describe(descriptor) + hint);
      }
      if (ipv6) {
        option(Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, 1, "IPV6_V6ONLY");
      } else {
        option(Linux.IPPROTO_IP, Linux.IP_MTU_DISCOVER, Linux.IP_PMTUDISC_DONT, "IP_MTU_DISCOVER");
      }
    }

    void option(int level, int option, int value, String name) throws NetException {
      scratch.structures().putInt(0, value);
      int result =
          SocketCalls.setsockopt(descriptor, level, option, scratch.address(0), Integer.BYTES);
      if (result < 0) {
        throw new NetException(
            subject + ": cannot set " + name + " to " + value + ": " + Errno.describe(result));
      }
    }

    void bindReusable(UdpSettings settings) throws NetException {
      option(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1, "SO_REUSEADDR");
      bind(settings);
    }

    void destinationAddresses() throws NetException {
      if (ipv6) {
        option(Linux.IPPROTO_IPV6, Linux.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
      } else {
        option(Linux.IPPROTO_IP, Linux.IP_PKTINFO, 1, "IP_PKTINFO");
      }
    }

    void differentiatedServices(int codePoint) throws NetException {
      // The code point is the upper six bits of the octet (RFC 2474, section 3).
      if (ipv6) {
        option(Linux.IPPROTO_IPV6, Linux.IPV6_TCLASS, codePoint << 2, "IPV6_TCLASS");
      } else {
        option(Linux.IPPROTO_IP, Linux.IP_TOS, codePoint << 2, "IP_TOS");
      }
    }

    void manyHosts(int hops) throws NetException {
      if (ipv6) {
        option(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_HOPS, hops, "IPV6_MULTICAST_HOPS");
      } else {
        option(Linux.SOL_SOCKET, Linux.SO_BROADCAST, 1, "SO_BROADCAST");
        option(Linux.IPPROTO_IP, Linux.IP_MULTICAST_TTL, hops, "IP_MULTICAST_TTL");
      }
    }

    /** Joins a group, on its device or on that of the route there. */
    void member(UdpGroup group) throws NetException {
      scratch.structures().putInt(0, group.device().isPresent() ? index(group) : 0);
      int at = 2 * Integer.BYTES;
      SocketAddresses.write(scratch, at, group.address());
      int level = ipv6 ? Linux.IPPROTO_IPV6 : Linux.IPPROTO_IP;
      int result =
          SocketCalls.setsockopt(
              descriptor,
              level,
              Linux.MCAST_JOIN_GROUP,
              scratch.address(0),
              at + SocketAddresses.STORAGE);
      if (result < 0) {
        throw new NetException(
            subject
                + ": cannot join the group: "
                + Errno.describe(result)
                + (Errno.ENODEV.is(result)
                    ? ". There is no route to it; name the network device."
                    : ""));
      }
    }

    private int index(UdpGroup group) throws NetException {
      try {
        NetworkInterface device = NetworkInterface.getByName(group.device().orElseThrow());
        if (device != null) {
          return device.getIndex();
        }
      } catch (SocketException e) {
        throw new NetException(subject + ": " + e.getMessage());
      }
      throw new NetException(subject + ": the device is there no more");
    }

    void device(Optional<String> device) throws NetException {
      if (device.isEmpty()) {
        return;
      }
      byte[] name = device.get().getBytes(StandardCharsets.UTF_8);
      scratch.octets().put(0, name).put(name.length, (byte) 0);
      int result =
          SocketCalls.setsockopt(
              descriptor,
              Linux.SOL_SOCKET,
              Linux.SO_BINDTODEVICE,
              scratch.address(0),
              name.length + 1);
      if (result < 0) {
        throw new NetException(
            subject
                + ": cannot bind to device '"
                + device.get()
                + "': "
                + Errno.describe(result)
                + (Errno.ENODEV.is(result) ? ". 'ip link' lists the devices there are." : ""));
      }
    }

    void bind(UdpSettings settings) throws NetException {
      int length = SocketAddresses.write(scratch, 0, settings.local());
      int result = SocketCalls.bind(descriptor, scratch.address(0), length);
      if (result < 0) {
        throw new NetException(
            subject
                + ": "
                + Errno.describe(result)
                + BindFailure.advice(result, settings.local().getPort(), new UdpPorts()));
      }
    }

    void connect(InetSocketAddress server) throws NetException {
      int length = SocketAddresses.write(scratch, 0, server);
      int result = SocketCalls.connect(descriptor, scratch.address(0), length);
      if (result < 0) {
        throw new NetException(subject + ": " + Errno.describe(result), Errno.isWantOfAWay(result));
      }
    }

    UdpSocket finish() throws NetException {
      int lengthAt = SocketAddresses.ROOM;
      scratch.structures().putInt(lengthAt, SocketAddresses.ROOM);
      int result =
          SocketCalls.getsockname(descriptor, scratch.address(0), scratch.address(lengthAt));
      if (result < 0) {
        throw new NetException(subject + ": " + Errno.describe(result));
      }
      UdpSocket socket = new UdpSocket(descriptor, ipv6, SocketAddresses.read(scratch, 0), subject);
      descriptor = -1;
      return socket;
    }

    @Override
    public void close() {
      scratch.close();
      if (descriptor >= 0) {
        SocketCalls.close(descriptor);
      }
    }
  }
}
