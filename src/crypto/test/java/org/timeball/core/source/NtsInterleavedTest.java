package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.nts.client.NtsSession;
import org.timeball.core.nts.client.NtsTools;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.server.Admission;
import org.timeball.core.server.Interleaving;
import org.timeball.core.server.IpAddresses;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;

/**
 * The interleaved mode under Network Time Security: our client, our responder (RFC 9769, section 2;
 * RFC 8915, section 5.7).
 */
class NtsInterleavedTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_795_000_000L * SECOND;
  private static final int ROOM = 1_600;
  private static final String KEY_SERVER = "time.example:4460";
  private static final AeadAlgorithm SIV = AeadAlgorithm.AES_SIV_CMAC_256;
  private static final ServerState GPS =
      new ServerState(
          Leap.NONE, 1, -23, 0, 1e-6, 15e-6, NOW, ReferenceId.ofText("GPS"), NOW - SECOND);

  /** The way of a packet, and what a reply takes from its timestamp to the wire. */
  private static final long WAY = 1_000_000;

  private static final long DEPARTURE = 400_000;

  private final Random random = new Random(1);
  private final CookieKeyRing ring =
      CookieKeyRing.at(
          CookieSecrets.startingWith(CookieSecret.of(octets(CookieSecret.LENGTH))),
          NOW / SECOND,
          new Hkdf());
  private final NtsSession session = session();
  private final ClientAssociation client =
      new ClientAssociation(
          new AssociationSettings("ntp", 0, 0, 4, false, 0, false, true),
          new NtsSeal(session),
          Set.of(),
          0);
  private final Responder server =
      new Responder(
          Admission.open(),
          PacketKeys.NONE,
          Optional.of(new NtsReplies(() -> Optional.of(ring), Aeads::of, random::nextBytes, 4)),
          true,
          Optional.of(new Interleaving(16)));
  private long elapsed;

  @Test
  void tellsInAnAuthenticReplyWhenTheOneBeforeLeft() {
    List<Double> offsets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Reception.Exchange exchange = (Reception.Exchange) receive(ask());
      offsets.add(offset(exchange));
    }

    // Two replies of the basic mode, half of their departure too early; then the truth.
    assertThat(offsets.subList(0, 2)).allMatch(o -> Math.abs(o + DEPARTURE * 0.5e-9) < 1e-8);
    assertThat(offsets.subList(2, 6)).allMatch(o -> Math.abs(o) < 1e-8);
    assertThat(client.interleavedReplies()).isEqualTo(4);
    assertThat(session.status().authentic()).isEqualTo(6);
  }

  @Test
  void believesNoReplyOfThisModeOfWhichAnyOctetIsChanged() {
    for (int i = 0; i < 3; i++) {
      receive(ask());
    }
    byte[] reply = ask();
    for (int at = 0; at < reply.length; at++) {
      byte[] bent = reply.clone();
      bent[at] ^= 0x10;
      assertThat(receive(bent)).as("octet %d", at).isInstanceOf(Reception.Dropped.class);
    }
    assertThat(receive(reply)).isInstanceOf(Reception.Exchange.class);
    assertThat(client.interleavedReplies()).isEqualTo(2);
  }

  /** The reply to a request of the client, a second after the last. */
  private byte[] ask() {
    elapsed += SECOND;
    byte[] request = client.poll(elapsed, random.nextLong());
    ByteBuffer packet = ByteBuffer.allocate(ROOM).put(0, request);
    long arrived = NOW + elapsed + WAY;
    Request envelope =
        new Request()
            .octets(packet, 0, request.length, false)
            .source(0, IpAddresses.mapped(0xC0_00_02_07), 40_123)
            .destination(0, IpAddresses.mapped(0xC0_00_02_01), 123, true)
            .receivedAt(arrived)
            .handledAt(elapsed + WAY);
    server.answer(envelope, GPS, arrived);
    int length = server.replyLength();
    if (server.isInterleaved()) {
      server.seal(packet, 0, length);
    } else {
      server.finish(packet, 0, length, arrived);
    }
    if (server.awaitedReceipt() != 0) {
      server.departed(server.awaitedReceipt(), arrived + DEPARTURE);
    }
    return Arrays.copyOf(packet.array(), length);
  }

  private Reception receive(byte[] reply) {
    return client.receive(ByteBuffer.wrap(reply), reply.length, elapsed + 2 * WAY + DEPARTURE, NOW);
  }

  /** Seconds that the server seems to be ahead of the truth. */
  private static double offset(Reception.Exchange exchange) {
    long there = exchange.t2UnixNanos() - NOW - exchange.t1RawNanos();
    long back = exchange.t3UnixNanos() - NOW - exchange.t4RawNanos();
    return (there + back) * 0.5e-9;
  }

  private NtsSession session() {
    NtsSession fresh =
        new NtsSession(
            "ntp",
            KEY_SERVER,
            Optional.empty(),
            new NtsTools(Aeads::of, random::nextBytes),
            new Notices());
    RoughTime present = RoughTime.known(NOW, 1, "it is known");
    fresh.act(0, present);
    byte[] keys = octets(2 * SIV.keyOctets());
    CookieSealer sealer = new CookieSealer(Aeads.of(SIV), Aeads.of(SIV), random::nextBytes);
    byte[] cookie = new byte[CookieSealer.length(SIV)];
    sealer.seal(ring, SIV, keys, cookie, 0);
    KeyGrant grant =
        new KeyGrant(
            new NtsKeys(
                SIV,
                Arrays.copyOf(keys, SIV.keyOctets()),
                Arrays.copyOfRange(keys, SIV.keyOctets(), keys.length)),
            List.of(cookie),
            "10.0.0.2",
            123,
            new ValidityPeriod(NOW - SECOND, NOW + 86_400 * SECOND));
    assertThat(fresh.onGranted(new Event.KeysGranted("ntp", KEY_SERVER, grant), present)).isTrue();
    return fresh;
  }

  private byte[] octets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }
}
