package org.timeball.platform.net;

/** Numbers of the Linux socket interface, equal on x86_64 and aarch64. */
final class Linux {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_BROADCAST = 6;
  static final int SO_RCVBUF = 8;
  static final int SO_BINDTODEVICE = 25;
  static final int SO_TIMESTAMPING = 37;

  static final int SOF_TIMESTAMPING_TX_SOFTWARE = 1 << 1;
  static final int SOF_TIMESTAMPING_RX_SOFTWARE = 1 << 3;
  static final int SOF_TIMESTAMPING_SOFTWARE = 1 << 4;
  static final int SOF_TIMESTAMPING_OPT_ID = 1 << 7;
  static final int SOF_TIMESTAMPING_OPT_TSONLY = 1 << 11;

  static final int IPPROTO_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_PKTINFO = 8;
  static final int IP_MTU_DISCOVER = 10;
  static final int IP_RECVERR = 11;
  static final int IP_MULTICAST_TTL = 33;

  /** Of both levels, that of IPv4 and that of IPv6 (RFC 3678, section 5.1). */
  static final int MCAST_JOIN_GROUP = 42;

  /** Never sets "don't fragment", so that nobody's forged ICMP message can shrink our packets. */
  static final int IP_PMTUDISC_DONT = 0;

  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_MULTICAST_HOPS = 18;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;
  static final int IPV6_TCLASS = 67;

  static final int MSG_CTRUNC = 0x8;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_ERRQUEUE = 0x2000;
  static final int MSG_WAITFORONE = 0x10000;

  static final int SHUT_RDWR = 2;

  static final short POLLIN = 0x1;
  static final short POLLERR = 0x8;

  private Linux() {}
}
