package org.timeball.checks.guest;

/** Two networks that know nothing of each other, with the same addresses, and one clock. */
final class ServesNetworks implements Scenario {
  /** The server's addresses, in either network. */
  private static final String IPV4 = "198.18.9.1";

  private static final String IPV6 = "2001:db8:9::1";

  @Override
  public String name() {
    return "networks";
  }

  @Override
  public String promise() {
    return "two networks with the same addresses, each a VRF, are served from one clock, each by"
        + " its own access list, and each goes on when the other is gone";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual());
    String red = makeNetwork(guest, "red", 10);
    String blue = makeNetwork(guest, "blue", 20);
    GuestDaemon.start(
        guest,
        "[[listen]]",
        "name = \"host\"",
        "address = \"10.0.2.15\"",
        "[[listen]]",
        "name = \"red\"",
        "device = \"red\"",
        "[[listen]]",
        "name = \"blue\"",
        "device = \"blue\"",
        "access = \"ipv6-only\"",
        "[[access]]",
        "name = \"ipv6-only\"",
        "allow = \"2001:db8:9::/64\"",
        "otherwise = \"deny\"");
    guest.served().awaitGood(0, 40);
    stage.tell("synchronised");

    heard(stage, guest, red, "red", "stratum 1", "stratum 1");
    heard(stage, guest, blue, "blue", "silent", "stratum 1");

    guest.run("kill " + red + "; ip link del red0; ip link del red");
    heard(stage, guest, blue, "blue", "silent", "stratum 1");
    stage.tell("blue is served still, after red was taken away");
    stage.tell(guest.everyReplyWasTrue(0));
  }

  /**
   * Makes a VRF with one device, and a client of it in a network namespace.
   *
   * @return the process that holds the namespace
   */
  private static String makeNetwork(Guest guest, String name, int table) throws Exception {
    guest.run("ip link add %s type vrf table %d; ip link set %1$s up".formatted(name, table));
    // Busybox cannot say how the other end is to be called; the kernel calls it veth0.
    guest.run("ip link add %s0 type veth; ip link set %1$s0 master %1$s".formatted(name));
    // An address is usable at once if nobody is asked whether it is taken.
    guest.run(
        "echo 0 >/proc/sys/net/ipv6/conf/%s0/accept_dad; ip link set %1$s0 up".formatted(name));
    guest.run(
        "ip addr add %s/24 dev %s0; ip -6 addr add %s/64 dev %2$s0".formatted(IPV4, name, IPV6));
    String client = guest.run("unshare -n sleep 3600 >/dev/null 2>&1 & echo $!").strip();
    guest.run("sleep 1; ip link set veth0 netns " + client);
    guest.run(
        in(
            client,
            "sh -c \"echo 0 >/proc/sys/net/ipv6/conf/veth0/accept_dad; ip link set lo up; ip link"
                + " set veth0 up; ip addr add 198.18.9.2/24 dev veth0; ip -6 addr add"
                + " 2001:db8:9::2/64 dev veth0\""));
    return client;
  }

  private static void heard(
      Stage stage, Guest guest, String client, String network, String overIpv4, String overIpv6)
      throws Exception {
    String said =
        guest.run(
            in(
                client,
                "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp /var/checks"
                    + " org.timeball.checks.guest.inside.Asker "
                    + IPV4
                    + " "
                    + IPV6));
    stage.tell("in %s: %s".formatted(network, said.replace("\n", ", ")));
    Promise.kept(
        said.equals("%s %s\n%s %s".formatted(IPV4, overIpv4, IPV6, overIpv6)),
        "in %s: wanted %s over IPv4 and %s over IPv6".formatted(network, overIpv4, overIpv6));
  }

  private static String in(String client, String command) {
    return "nsenter -t %s -n %s".formatted(client, command);
  }
}
