package org.timeball.checks.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.Randomness;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.nts.cookie.CookieSecret;
import org.timeball.core.nts.cookie.CookieSecrets;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.nts.packet.NtsRequest;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.server.Admission;
import org.timeball.core.server.IpAddresses;
import org.timeball.core.server.Request;
import org.timeball.core.server.Responder;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.Hkdf;
import org.timeball.crypto.KeyRing;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;

/** A small world that is the same each time: keys, a cookie, a server that has both. */
final class Packets {
  static final long NOW = 1_795_435_200L * 1_000_000_000L;

  /** What our requests have as their transmit timestamp. */
  static final long NONCE = 0x0123_4567_89AB_CDEFL;

  /** Longer than anything that is answered. */
  static final int ROOM = 4_096;

  static final CookieSecrets SECRETS =
      CookieSecrets.startingWith(CookieSecret.of(new byte[CookieSecret.LENGTH]));
  static final CookieKeyRing RING = CookieKeyRing.at(SECRETS, NOW / 1_000_000_000L, new Hkdf());
  static final PacketKeys KEYS =
      new KeyRing(
          KeyFile.parse("1 SHA1 HEX:" + "1a".repeat(20) + "\n2 AES128 HEX:" + "2b".repeat(16))
              .keys());

  private static final int CLIENT = 0xC0_00_02_07;
  private static final int SERVER = 0xC0_00_02_01;

  private Packets() {}

  /** Not random at all: what fails can be repeated. */
  static Randomness zeros() {
    return octets -> Arrays.fill(octets, (byte) 0);
  }

  static NtsKeys keys(AeadAlgorithm algorithm) {
    byte[] key = new byte[algorithm.keyOctets()];
    Arrays.fill(key, (byte) 0x5C);
    return new NtsKeys(algorithm, key, key);
  }

  static CookieSealer sealer() {
    return new CookieSealer(
        Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
        Aeads.of(AeadAlgorithm.AES_SIV_CMAC_256),
        zeros());
  }

  static byte[] cookie(AeadAlgorithm algorithm) {
    byte[] cookie = new byte[CookieSealer.length(algorithm)];
    sealer().seal(RING, algorithm, keys(algorithm).both(), cookie, 0);
    return cookie;
  }

  static NtsRequest ntsRequest(AeadAlgorithm algorithm, int placeholders) {
    return new NtsRequest(
        header(4, Mode.CLIENT),
        keys(algorithm),
        Aeads.of(algorithm),
        cookie(algorithm),
        placeholders,
        new byte[NtsRequest.IDENTIFIER_LENGTH],
        new byte[NtsRequest.NONCE_LENGTH]);
  }

  static byte[] header(int version, int mode) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, version, mode);
    if (mode == Mode.CLIENT) {
      NtpHeader.transmitTimestamp(packet, 0, NONCE);
    } else {
      NtpHeader.stratum(packet, 0, 2);
      NtpHeader.originTimestamp(packet, 0, NONCE);
      NtpHeader.receiveTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(NOW));
      NtpHeader.transmitTimestamp(packet, 0, NtpTimestamp.bitsOfUnixNanos(NOW + 1_000));
    }
    return packet.array();
  }

  /** The packet with the code of a key behind it. */
  static byte[] withCode(byte[] octets, int keyId) {
    int version = NtpHeader.version(ByteBuffer.wrap(octets), 0);
    ByteBuffer packet =
        ByteBuffer.allocate(octets.length + MessageCode.length(KEYS.find(keyId), version));
    packet.put(0, octets);
    MessageCode.write(packet, 0, octets.length, keyId, KEYS.find(keyId));
    return packet.array();
  }

  /** A field that nobody knows. */
  static byte[] field(int type, int length) {
    byte[] field = new byte[length];
    ByteBuffer.wrap(field).putShort((short) type).putShort((short) length);
    return field;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** A server with keys of both kinds. */
  static Responder responder() {
    return new Responder(
        Admission.open(),
        KEYS,
        Optional.of(new NtsReplies(() -> Optional.of(RING), Aeads::of, zeros(), 1)),
        false,
        Optional.empty());
  }

  static Request fromClient(ByteBuffer packet, int length) {
    return new Request()
        .octets(packet, 0, length, false)
        .source(0, IpAddresses.mapped(CLIENT), 40_123)
        .destination(0, IpAddresses.mapped(SERVER), 123, true)
        .receivedAt(NOW);
  }

  /** The same octets on their way back. */
  static Request fromServer(ByteBuffer packet, int length) {
    return new Request()
        .octets(packet, 0, length, false)
        .source(0, IpAddresses.mapped(SERVER), 123)
        .destination(0, IpAddresses.mapped(CLIENT), 40_123, true)
        .receivedAt(NOW);
  }
}
