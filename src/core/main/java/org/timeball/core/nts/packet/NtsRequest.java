package org.timeball.core.nts.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.Trailer;
import org.timeball.time.ReferenceId;

/**
 * One request of a client with Network Time Security, and the judge of its reply (RFC 8915, section
 * 5.7). Belongs to one thread.
 */
public final class NtsRequest {
  /** Octets of a unique identifier, as few as the standard allows. */
  public static final int IDENTIFIER_LENGTH = 32;

  /** Octets of randomness that a nonce is made of. */
  public static final int NONCE_LENGTH = 16;

  /** Longer datagrams may not get through in one piece: 1280 octets of IPv6 less its headers. */
  private static final int LONGEST_REQUEST = 1_232;

  private static final int NTSN = ReferenceId.ofText("NTSN").bits();
  private static final int LONGEST_REPLY = 2_048;

  private final NtsKeys keys;
  private final Aead aead;
  private final byte[] octets;

  /**
   * Puts a request together.
   *
   * @param header the 48 octets of the packet without NTS
   * @param keys what was agreed on by NTS-KE
   * @param aead of the algorithm of the keys
   * @param cookie which no request had before
   * @param placeholders how many more cookies the reply shall bring, 0 to 7
   * @param identifier {@link #IDENTIFIER_LENGTH} octets that nobody can guess
   * @param nonce {@link #NONCE_LENGTH} octets that nobody can guess
   */
  public NtsRequest(
      byte[] header,
      NtsKeys keys,
      Aead aead,
      byte[] cookie,
      int placeholders,
      byte[] identifier,
      byte[] nonce) {
    this.keys = keys;
    this.aead = aead;
    AeadAlgorithm algorithm = keys.algorithm();
    int cookieField = NtsField.HEADER + cookie.length;
    int authenticatorAt =
        NtpHeader.LENGTH + NtsField.HEADER + IDENTIFIER_LENGTH + (1 + placeholders) * cookieField;
    ByteBuffer packet =
        ByteBuffer.allocate(authenticatorAt + Authenticator.length(aead, 0))
            .put(header, 0, NtpHeader.LENGTH);
    field(packet, NtsField.UNIQUE_IDENTIFIER, IDENTIFIER_LENGTH).put(identifier);
    field(packet, NtsField.COOKIE, cookie.length).put(cookie);
    for (int i = 0; i < placeholders; i++) {
      field(packet, NtsField.COOKIE_PLACEHOLDER, cookie.length).put(new byte[cookie.length]);
    }
    octets = packet.array();
    Authenticator.writeHeader(aead, octets, authenticatorAt, 0);
    System.arraycopy(
        nonce, 0, octets, authenticatorAt + NtsField.AUTHENTICATOR_HEADER, algorithm.nonceOctets());
    aead.setKey(keys.clientToServer(), 0);
    new Authenticator()
        .seal(
            aead, octets, authenticatorAt, 0, octets, authenticatorAt + Authenticator.textAt(aead));
  }

  /**
   * How many placeholders fit beside a cookie of this length, so that networks carry the request.
   */
  public static int mostPlaceholders(int cookieLength) {
    int withoutCookies =
        NtpHeader.LENGTH
            + NtsField.HEADER
            + IDENTIFIER_LENGTH
            + NtsField.AUTHENTICATOR_HEADER
            + 2 * NONCE_LENGTH;
    int fitting = (LONGEST_REQUEST - withoutCookies) / (NtsField.HEADER + cookieLength);
    return Math.max(0, fitting - 1);
  }

  private static ByteBuffer field(ByteBuffer packet, int type, int bodyLength) {
    return packet.putShort((short) type).putShort((short) (NtsField.HEADER + bodyLength));
  }

  /** What is to be sent. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Judges a datagram that came from the server's address. */
  public NtsReply judge(byte[] reply) {
    ByteBuffer packet = ByteBuffer.wrap(reply);
    if (reply.length < NtpHeader.LENGTH
        || reply.length > LONGEST_REPLY
        || NtpHeader.mode(packet, 0) != Mode.SERVER
        || NtpHeader.version(packet, 0) != NtpHeader.version(ByteBuffer.wrap(octets), 0)) {
      return new NtsReply.Ignored("it is not a reply");
    }
    Trailer trailer = new Trailer();
    FieldScan fields = new FieldScan();
    boolean open = trailer.read(packet, 0, reply.length) == Trailer.Ending.OPEN;
    fields.read(packet, trailer.fieldsStart(), open ? trailer.fieldsEnd() : trailer.fieldsStart());
    if (!open || !(fields.isResponse() || fields.isUnauthenticated())) {
      return new NtsReply.Ignored("it has no authenticator");
    }
    if (!isOurIdentifier(reply, fields.identifierAt())
        || !isOurOrigin(NtpHeader.originTimestamp(packet, 0))) {
      return new NtsReply.Ignored("it answers another request");
    }
    if (fields.isUnauthenticated()) {
      boolean refused =
          NtpHeader.stratum(packet, 0) == 0 && NtpHeader.referenceId(packet, 0) == NTSN;
      return refused
          ? new NtsReply.CookieRefused()
          : new NtsReply.Ignored("it has no authenticator");
    }
    return open(reply, fields.authenticatorAt());
  }

  /** In the interleaved mode a reply shows our receive timestamp (RFC 9769, section 2). */
  private boolean isOurOrigin(long origin) {
    ByteBuffer ours = ByteBuffer.wrap(octets);
    long receive = NtpHeader.receiveTimestamp(ours, 0);
    return origin == NtpHeader.transmitTimestamp(ours, 0) || (receive != 0 && origin == receive);
  }

  private boolean isOurIdentifier(byte[] reply, int at) {
    int length = NtsField.HEADER + IDENTIFIER_LENGTH;
    return reply.length >= at + length
        && Arrays.equals(
            reply, at, at + length, octets, NtpHeader.LENGTH, NtpHeader.LENGTH + length);
  }

  private NtsReply open(byte[] reply, int authenticatorAt) {
    byte[] opened = new byte[reply.length];
    aead.setKey(keys.serverToClient(), 0);
    int length = new Authenticator().open(aead, reply, authenticatorAt, false, opened);
    return length < 0
        ? new NtsReply.Ignored("it is not authentic")
        : new NtsReply.Authentic(cookies(opened, length));
  }

  /** Encrypted fields are whole; {@link Authenticator#open} saw to that. */
  private static List<byte[]> cookies(byte[] fields, int length) {
    List<byte[]> cookies = new ArrayList<>();
    for (int at = 0; at < length; at += Authenticator.number(fields, at + 2)) {
      if (Authenticator.number(fields, at) == NtsField.COOKIE) {
        cookies.add(
            Arrays.copyOfRange(
                fields, at + NtsField.HEADER, at + Authenticator.number(fields, at + 2)));
      }
    }
    return cookies;
  }
}
