package org.timeball.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.LeapSecond;
import org.timeball.core.NearLeap;
import org.timeball.core.ServerState;
import org.timeball.core.leap.Smear;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Passive;
import org.timeball.core.server.TransmitLead;
import org.timeball.core.source.AssociationSeal;
import org.timeball.platform.clock.PacketClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.net.NetException;
import org.timeball.platform.net.UdpSettings;
import org.timeball.platform.net.UdpSocket;
import org.timeball.server.query.Query;
import org.timeball.server.query.QueryResult;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/** Real sockets on the loopback device. */
@Timeout(60)
class ResponderThreadTest {
  private static final int ANY_PORT = 0;

  /** Of three classes of rest, one has then seen more than it needs to be believed. */
  private static final int ENOUGH_DEPARTURES = 60;

  private static final long ORIGIN = 0x0123_4567_89AB_CDEFL;

  private final AtomicReference<ServerState> published =
      new AtomicReference<>(ServerState.unsynchronized(-20));

  private ResponderThread listenOn(String host) throws Exception {
    return listenOn(UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral(host), ANY_PORT)));
  }

  private ResponderThread listenOn(UdpSettings socket) throws NetException {
    ResponderThread responder = unstarted(socket, new RealtimeClock());
    responder.start();
    return responder;
  }

  private ResponderThread unstarted(UdpSettings socket, PacketClock clock) throws NetException {
    return unstarted(socket, clock, List.of());
  }

  private ResponderThread unstarted(UdpSettings socket, PacketClock clock, List<UdpSocket> beside)
      throws NetException {
    return ResponderThread.open(
        new ListenerSettings("test", socket, false, true, Passive.KEYED, Optional.empty()),
        published,
        clock,
        new ListenerKeys(List.of()),
        Optional.empty(),
        beside);
  }

  private static ByteBuffer request(int version) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, version, Mode.CLIENT);
    NtpHeader.transmitTimestamp(packet, 0, ORIGIN);
    return packet;
  }

  private static DatagramPacket ask(DatagramSocket client, InetSocketAddress server, byte[] octets)
      throws Exception {
    client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
    client.send(new DatagramPacket(octets, octets.length, server));
    DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
    client.receive(reply);
    return reply;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void answersWithTheTimeOfThisMachine(String host) throws Exception {
    published.set(
        new ServerState(
            Leap.NONE, 1, -20, 0, 1e-6, 15e-6, 0, ReferenceId.ofText("GPS"), 1_000_000_000L));
    try (ResponderThread responder = listenOn(host);
        DatagramSocket client = new DatagramSocket()) {
      long before = System.currentTimeMillis() * 1_000_000L;
      DatagramPacket reply = ask(client, responder.local(), request(4).array());
      long after = (System.currentTimeMillis() + 1) * 1_000_000L;

      ByteBuffer packet = ByteBuffer.wrap(reply.getData());
      assertThat(reply.getLength()).isEqualTo(NtpHeader.LENGTH);
      assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.SERVER);
      assertThat(NtpHeader.stratum(packet, 0)).isEqualTo(1);
      assertThat(NtpHeader.originTimestamp(packet, 0)).isEqualTo(ORIGIN);
      assertThat(NtpTimestamp.unixNanosNear(NtpHeader.receiveTimestamp(packet, 0), before))
          .isBetween(before, after);
      assertThat(NtpTimestamp.unixNanosNear(NtpHeader.transmitTimestamp(packet, 0), before))
          .isBetween(before, after);
      assertThat(responder.counters().count(Outcome.ANSWERED)).isEqualTo(1);
      assertThat(responder.counters().unstamped()).isZero();
    }
  }

  @Test
  void readsTheClockForEachReplyAloneWhileRequestsDoNotPileUp() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), ANY_PORT);
    try (ResponderThread responder = unstarted(UdpSettings.of(any), new TickingClock());
        DatagramSocket client = new DatagramSocket()) {
      client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      byte[] octets = request(4).array();
      for (int i = 0; i < 3; i++) {
        client.send(new DatagramPacket(octets, octets.length, responder.local()));
      }
      responder.start();

      long[] transmitted = new long[3];
      for (int i = 0; i < 3; i++) {
        DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
        client.receive(reply);
        transmitted[i] =
            NtpTimestamp.unixNanosNear(
                NtpHeader.transmitTimestamp(ByteBuffer.wrap(reply.getData()), 0),
                TickingClock.START_UNIX_NANOS);
      }
      assertThat(transmitted[1] - transmitted[0]).isGreaterThanOrEqualTo(TickingClock.TICK_NANOS);
      assertThat(transmitted[2] - transmitted[1]).isGreaterThanOrEqualTo(TickingClock.TICK_NANOS);
    }
  }

  @Test
  void showsItsClientsALeapSecondSpreadThatOthersAreAnnounced() throws Exception {
    RealtimeClock clock = new RealtimeClock();
    long now = clock.nowUnixNanos();
    long midnight = Math.round(now / (86_400.0 * 1e9)) * 86_400;
    boolean past = now > midnight * 1_000_000_000L;
    NearLeap near =
        new NearLeap(
            new LeapSecond(Leap.INSERT, midnight),
            clock.nowRawNanos(),
            past ? now + 1_000_000_000L : now);
    published.set(
        new ServerState(
            past ? Leap.NONE : Leap.INSERT,
            1,
            -20,
            0,
            1e-6,
            15e-6,
            now,
            ReferenceId.ofText("GPS"),
            now,
            Optional.of(near)));
    Smear smear = new Smear(Smear.Shape.COSINE, 86_400);
    UdpSettings socket =
        UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    try (ResponderThread responder =
            ResponderThread.open(
                new ListenerSettings("test", socket, false, true, Passive.OFF, Optional.of(smear)),
                published,
                clock,
                new ListenerKeys(List.of()),
                Optional.empty(),
                List.of());
        DatagramSocket client = new DatagramSocket()) {
      responder.start();
      long before = smear.shownUnixNanos(near, clock.nowUnixNanos(), clock.nowRawNanos());
      ByteBuffer packet =
          ByteBuffer.wrap(ask(client, responder.local(), request(4).array()).getData());
      long after = smear.shownUnixNanos(near, clock.nowUnixNanos(), clock.nowRawNanos());

      assertThat(NtpHeader.leap(packet, 0)).isEqualTo(Leap.NONE);
      assertThat(Smear.isMark(new ReferenceId(NtpHeader.referenceId(packet, 0)))).isTrue();
      // Kernel stamps are placed on the clock by two readings; 100 µs is more than they take.
      assertThat(NtpTimestamp.unixNanosNear(NtpHeader.receiveTimestamp(packet, 0), before))
          .isBetween(before - 100_000, after);
      assertThat(NtpTimestamp.unixNanosNear(NtpHeader.transmitTimestamp(packet, 0), before))
          .isBetween(before, after);
    }
  }

  @Test
  void answersFromTheAddressThatWasAskedWhenItListensOnAll() throws Exception {
    try (ResponderThread responder = listenOn("0.0.0.0");
        DatagramSocket client = new DatagramSocket()) {
      for (String asked : new String[] {"127.0.0.1", "127.0.0.7", "127.3.2.1"}) {
        InetSocketAddress server =
            new InetSocketAddress(InetAddress.ofLiteral(asked), responder.local().getPort());
        assertThat(ask(client, server, request(4).array()).getSocketAddress()).isEqualTo(server);
      }
    }
  }

  @Test
  void answersOverIpv6WhenItListensOnAll() throws Exception {
    try (ResponderThread responder = listenOn("::");
        DatagramSocket client = new DatagramSocket()) {
      InetSocketAddress server =
          new InetSocketAddress(InetAddress.ofLiteral("::1"), responder.local().getPort());
      assertThat(ask(client, server, request(4).array()).getSocketAddress()).isEqualTo(server);
    }
  }

  @Test
  void hearsOnlyTheDeviceItIsBoundTo() throws Exception {
    UdpSettings socket =
        new UdpSettings(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), Optional.of("lo"), 46);
    try (ResponderThread responder = listenOn(socket);
        DatagramSocket client = new DatagramSocket()) {
      assertThat(ask(client, responder.local(), request(3).array()).getLength())
          .isEqualTo(NtpHeader.LENGTH);
    }
  }

  @Test
  void saysWhichDeviceDoesNotExist() {
    UdpSettings socket =
        new UdpSettings(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            Optional.of("nosuch7"),
            0);
    assertThatThrownBy(() -> listenOn(socket))
        .isInstanceOf(NetException.class)
        .hasMessageContaining("udp 127.0.0.1:0")
        .hasMessageContaining("device 'nosuch7'")
        .hasMessageContaining("ip link");
  }

  @Test
  void refusesAPortThatIsTakenAndSaysByWhom() throws Exception {
    try (ResponderThread first = listenOn("127.0.0.1")) {
      assertThatThrownBy(() -> listenOn(UdpSettings.of(first.local())))
          .isInstanceOf(NetException.class)
          .hasMessageContaining("address in use (EADDRINUSE)")
          .hasMessageContaining("It is taken by ")
          .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
    }
  }

  @Test
  void networksShareAPortAndNobodyElseGetsIt() throws Exception {
    try (ResponderThread everywhere = listenOn("127.0.0.1")) {
      UdpSettings ofDevice = new UdpSettings(everywhere.local(), Optional.of("lo"), 0);
      assertThatThrownBy(() -> listenOn(ofDevice))
          .isInstanceOf(NetException.class)
          .hasMessageContaining("EADDRINUSE");
      try (ResponderThread own =
              unstarted(ofDevice, new RealtimeClock(), List.of(everywhere.socket()));
          DatagramSocket client = new DatagramSocket()) {
        own.start();
        ask(client, everywhere.local(), request(4).array());
        assertThat(own.counters().received()).isEqualTo(1);
        assertThat(everywhere.counters().received()).isZero();
        try (DatagramSocket another = new DatagramSocket(null)) {
          another.setReuseAddress(true);
          assertThatThrownBy(() -> another.bind(everywhere.local()))
              .isInstanceOf(BindException.class);
        }
      }
    }
  }

  @Test
  void goesOnAfterGarbageAndCountsIt() throws Exception {
    try (ResponderThread responder = listenOn("127.0.0.1");
        DatagramSocket client = new DatagramSocket()) {
      byte[][] garbage = {new byte[0], new byte[1], new byte[47], new byte[48], new byte[4000]};
      for (byte[] octets : garbage) {
        client.send(new DatagramPacket(octets, octets.length, responder.local()));
      }
      ask(client, responder.local(), request(4).array());

      ResponderCounters counters = responder.counters();
      assertThat(counters.count(Outcome.TOO_SHORT)).isEqualTo(3);
      assertThat(counters.count(Outcome.UNKNOWN_VERSION)).isEqualTo(1);
      assertThat(counters.count(Outcome.TOO_LONG)).isEqualTo(1);
    }
  }

  @Test
  void countsTheRepliesThatTheKernelTook() throws Exception {
    ResponderCounters counters;
    try (ResponderThread responder = listenOn("127.0.0.1");
        DatagramSocket client = new DatagramSocket()) {
      counters = responder.counters();
      ask(client, responder.local(), request(4).array());
    }
    assertThat(counters.sent()).isEqualTo(1);
    assertThat(counters.notSent()).isZero();
  }

  @Test
  void givesItsPortBackWhenClosedThoughNobodyEverAsked() throws Exception {
    InetSocketAddress local;
    try (ResponderThread responder = listenOn("127.0.0.1")) {
      local = responder.local();
    }
    try (ResponderThread again = listenOn(UdpSettings.of(local))) {
      assertThat(again.local()).isEqualTo(local);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void learnsFromTheKernelHowLongItsRepliesTakeToTheWire(String host) throws Exception {
    ResponderCounters counters;
    UdpSettings socket = UdpSettings.of(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
    try (UserClock clock = UserClock.startingAtRealtime();
        ResponderThread responder =
            ResponderThread.open(
                new ListenerSettings("test", socket, false, true, Passive.KEYED, Optional.empty()),
                published,
                clock,
                new ListenerKeys(List.of()),
                Optional.empty(),
                List.of());
        DatagramSocket client = new DatagramSocket()) {
      responder.start();
      counters = responder.counters();
      InetSocketAddress server =
          new InetSocketAddress(
              InetAddress.ofLiteral(host.equals("::") ? "::1" : "127.0.0.1"),
              responder.local().getPort());
      // Stamps are asked for at most once a millisecond, so a busy client gets few of them.
      for (int i = 0; i < 20_000 && counters.departures() < ENOUGH_DEPARTURES; i++) {
        ask(client, server, request(4).array());
      }
    }
    assertThat(counters.departures()).isGreaterThanOrEqualTo(ENOUGH_DEPARTURES);
    assertThat(
            IntStream.range(0, TransmitLead.CLASSES)
                .mapToLong(counters::transmitLeadNanos)
                .max()
                .orElseThrow())
        .isBetween(1L, 200_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void tellsWhenTheReplyBeforeReallyLeftInTheInterleavedMode(String host) throws Exception {
    try (ResponderThread responder = listenOn(host);
        DatagramSocket client = new DatagramSocket()) {
      long shown = 0;
      long transmit = 0;
      for (int i = 0; i < 4; i++) {
        byte[] octets = request(4).array();
        NtpHeader.originTimestamp(ByteBuffer.wrap(octets), 0, shown);
        NtpHeader.receiveTimestamp(ByteBuffer.wrap(octets), 0, ~ORIGIN);
        ByteBuffer reply = ByteBuffer.wrap(ask(client, responder.local(), octets).getData());
        boolean interleaved = NtpHeader.originTimestamp(reply, 0) == ~ORIGIN;
        assertThat(interleaved).as("reply %d", i).isEqualTo(i >= 2);
        if (i == 2) {
          // The second reply was of the basic mode, so both of its transmit timestamps are known.
          assertThat(NtpHeader.transmitTimestamp(reply, 0) - transmit)
              .as("the kernel's stamp after the clock's reading, in units of 2^-32 s")
              .isBetween(0L, 1L << 32);
        }
        transmit = NtpHeader.transmitTimestamp(reply, 0);
        shown = NtpHeader.receiveTimestamp(reply, 0);
      }
      assertThat(responder.counters().interleaved()).isEqualTo(2);
    }
  }

  @Test
  void aQueryLearnsWhenTheReplyBeforeLeft() throws Exception {
    long[] nonce = {ORIGIN};
    try (ResponderThread responder = listenOn("127.0.0.1");
        UserClock clock = UserClock.startingAtRealtime()) {
      Query query =
          new Query(
              responder.local(),
              clock,
              () -> nonce[0]++,
              4,
              new AssociationSeal(0, PacketKeys.NONE),
              true);
      for (int i = 0; i < 4; i++) {
        QueryResult result = query.ask(Duration.ofSeconds(20).toNanos()).orElseThrow();
        assertThat(result.interleaved()).as("answer %d", i).isEqualTo(i >= 2);
      }
    }
  }
}
