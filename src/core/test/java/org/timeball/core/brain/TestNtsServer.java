package org.timeball.core.brain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.FakeAead;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.nts.packet.NtsVerdict;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.ReferenceId;

/** A {@link TestServer} that gives out keys and authenticates its replies. */
final class TestNtsServer {
  static final AeadAlgorithm SIV = AeadAlgorithm.AES_SIV_CMAC_256;
  private static final long YEAR = 365 * 86_400 * World.SECOND;
  private static final int COOKIE_AT = NtpHeader.LENGTH + 36;

  /** Valid from a month before the story begins, for a year. */
  ValidityPeriod certificate = new ValidityPeriod(World.NOON - YEAR / 12, World.NOON + YEAR);

  /** Why no keys are given out; empty if they are. */
  String refusal = "";

  /** Cookies given out with the keys. */
  int cookies = 8;

  /** Bends what was sealed, or replaces it. */
  UnaryOperator<byte[]> bendSealed = reply -> reply;

  final List<Double> establishedAt = new ArrayList<>();
  final List<Action.Establish> wishes = new ArrayList<>();

  /** Every cookie that came back, in hexadecimal, in the order of the requests. */
  final List<String> seen = new ArrayList<>();

  final TestServer ntp;
  private final World world;
  private final String name;
  private CookieKeyRing ring = ring(1);
  private final NtsReplies replies;

  TestNtsServer(World world, String name) {
    this.world = world;
    this.name = name;
    ntp = world.server(name);
    replies = new NtsReplies(() -> Optional.of(ring), FakeAead::new, world.random::nextBytes, 4);
    ntp.bend = plain -> bendSealed.apply(sealed(plain));
    world.keyServers.put(name, this::establish);
  }

  /** It restarts without its key file: no cookie from before opens any more. */
  void forgetCookies() {
    ring = ring(world.random.nextInt());
  }

  /** The same server in another world. */
  void remember(TestNtsServer before) {
    ring = before.ring;
  }

  private static CookieKeyRing ring(int seed) {
    byte[] secret = new byte[CookieSecret.LENGTH];
    Arrays.fill(secret, (byte) seed);
    return CookieKeyRing.at(
        CookieSecrets.startingWith(CookieSecret.of(secret)),
        World.NOON / World.SECOND,
        FakeAead::derive);
  }

  private void establish(Action.Establish wish) {
    wishes.add(wish);
    establishedAt.add(world.elapsed() * 1e-9);
    world.atElapsed(
        world.elapsed() + World.SECOND / 20,
        () ->
            world.deliver(
                refusal.isEmpty()
                    ? new Event.KeysGranted(name, wish.server(), grant())
                    : new Event.KeysRefused(name, wish.server(), refusal)));
  }

  private KeyGrant grant() {
    byte[] keys = new byte[2 * SIV.keyOctets()];
    world.random.nextBytes(keys);
    CookieSealer sealer =
        new CookieSealer(new FakeAead(SIV), new FakeAead(SIV), world.random::nextBytes);
    List<byte[]> fresh = new ArrayList<>();
    for (int i = 0; i < cookies; i++) {
      byte[] cookie = new byte[CookieSealer.length(SIV)];
      sealer.seal(ring, SIV, keys, cookie, 0);
      fresh.add(cookie);
    }
    return new KeyGrant(
        new NtsKeys(
            SIV,
            Arrays.copyOf(keys, SIV.keyOctets()),
            Arrays.copyOfRange(keys, SIV.keyOctets(), keys.length)),
        fresh,
        "10.0.0.9",
        123,
        certificate);
  }

  private byte[] sealed(byte[] plain) {
    byte[] request = ntp.requests.getLast();
    ByteBuffer packet = ByteBuffer.allocate(2_048).put(0, request);
    int cookieEnd = COOKIE_AT + packet.getShort(COOKIE_AT + 2);
    seen.add(HexFormat.of().formatHex(request, COOKIE_AT + 4, cookieEnd));
    NtsVerdict verdict = replies.open(packet, 0, request.length, NtpHeader.LENGTH, request.length);
    packet.put(0, plain);
    int length =
        verdict == NtsVerdict.AUTHENTIC
            ? replies.layOut(packet, 0)
            : replies.layOutIdentifier(packet, 0);
    if (verdict != NtsVerdict.AUTHENTIC) {
      kiss(packet, "NTSN");
    }
    replies.seal(packet, 0);
    return Arrays.copyOf(packet.array(), length);
  }

  /** The refusal of a cookie, as anybody can send it who has seen the request. */
  byte[] forgedRefusal() {
    byte[] request = ntp.requests.getLast();
    byte[] octets = Arrays.copyOf(ntp.plainReply(request), COOKIE_AT);
    System.arraycopy(request, NtpHeader.LENGTH, octets, NtpHeader.LENGTH, 36);
    kiss(ByteBuffer.wrap(octets), "NTSN");
    return octets;
  }

  static byte[] kiss(byte[] reply, String code) {
    byte[] octets = Arrays.copyOf(reply, NtpHeader.LENGTH);
    kiss(ByteBuffer.wrap(octets), code);
    return octets;
  }

  private static void kiss(ByteBuffer packet, String code) {
    NtpHeader.stratum(packet, 0, 0);
    NtpHeader.referenceId(packet, 0, ReferenceId.ofText(code).bits());
  }
}
