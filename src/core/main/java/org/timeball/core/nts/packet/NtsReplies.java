package org.timeball.core.nts.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.timeball.core.nts.Aead;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.Randomness;
import org.timeball.core.nts.cookie.CookieKeyRing;
import org.timeball.core.nts.cookie.CookieSealer;
import org.timeball.core.packet.ExtensionField;
import org.timeball.core.packet.NtpHeader;

/**
 * The server's side of NTS in NTP packets (RFC 8915, section 5.7), in place. Belongs to one thread;
 * allocates nothing, except what the ciphers of the JDK do.
 *
 * <p>A reply is made in two steps, because its transmit timestamp is known last and is sealed too:
 * {@link #layOut} writes fields and fresh cookies behind the header, and remembers the key; {@link
 * #seal} follows when the header is complete. Between them other requests may be opened: what is
 * remembered is found by the packet's place in the buffer.
 *
 * <p>Invariant: a reply is never longer than the authentic part of its request.
 */
public final class NtsReplies {
  /** A client that asks for more cookies than this gets this many (RFC 8915, section 5.7). */
  private static final int MOST_COOKIES = 8;

  /** The largest packet that is looked at; with 8 cookies of the longest keys it is shorter. */
  private static final int MOST_OCTETS = 2_048;

  private final Supplier<Optional<CookieKeyRing>> ring;
  private final Function<AeadAlgorithm, Aead> ciphers;
  private final Randomness randomness;
  private final Map<AeadAlgorithm, Aead> aeads = new EnumMap<>(AeadAlgorithm.class);
  private final FieldScan fields = new FieldScan();
  private final Authenticator authenticator = new Authenticator();
  private final byte[] octets = new byte[MOST_OCTETS];
  private final byte[] out = new byte[MOST_OCTETS];
  private final byte[] keys = new byte[CookieSealer.LONGEST_KEYS];
  private final Unsealed[] unsealed;
  private int waiting;

  /** Null until the first request with NTS: ciphers take long to load, and plain clients wait. */
  private CookieSealer cookies;

  // What is known of the request opened last.
  private Aead aead;
  private CookieKeyRing ringOfRequest;
  private int requestLength;
  private int cookiesWanted;

  /** A reply between its two steps. */
  private static final class Unsealed {
    private static final int FREE = -1;

    private int at = FREE;
    private Aead aead;
    private final byte[] key = new byte[AeadAlgorithm.AES_SIV_CMAC_512.keyOctets()];
    private int authenticatorAt;
    private int textLength;
  }

  /**
   * A responder's half for NTS.
   *
   * @param ring the keys of cookies, asked for at each request; empty until there are some
   * @param ciphers makes one of an algorithm, for this thread alone
   * @param mostWaiting how many replies are laid out at most before they are sealed
   */
  public NtsReplies(
      Supplier<Optional<CookieKeyRing>> ring,
      Function<AeadAlgorithm, Aead> ciphers,
      Randomness randomness,
      int mostWaiting) {
    this.ring = ring;
    this.ciphers = ciphers;
    this.randomness = randomness;
    unsealed = new Unsealed[mostWaiting];
    Arrays.setAll(unsealed, i -> new Unsealed());
  }

  /**
   * Judges the fields of the request of {@code length} octets at {@code at}.
   *
   * @param fieldsStart where the well-formed fields begin
   * @param fieldsEnd where they end; what follows is a code, which no request with NTS has
   */
  public NtsVerdict open(ByteBuffer packet, int at, int length, int fieldsStart, int fieldsEnd) {
    fields.read(packet, fieldsStart, fieldsEnd);
    if (fields.isPlain()) {
      return NtsVerdict.PLAIN;
    }
    if (fieldsEnd != at + length
        || length > MOST_OCTETS
        || !(fields.isRequest() || fields.isIdentifierAlone())
        || lengthAt(packet, fields.identifierAt()) < NtsField.SHORTEST_IDENTIFIER) {
      return NtsVerdict.MALFORMED;
    }
    packet.get(at, octets, 0, length);
    return fields.isIdentifierAlone() ? NtsVerdict.IDENTIFIED : openRequest(packet, at);
  }

  private NtsVerdict openRequest(ByteBuffer packet, int at) {
    Optional<CookieKeyRing> present = ring.get();
    if (present.isEmpty()) {
      return NtsVerdict.NOT_READY;
    }
    if (cookies == null) {
      load();
    }
    ringOfRequest = present.get();
    AeadAlgorithm algorithm =
        cookies.open(
            ringOfRequest,
            octets,
            fields.cookieAt() - at + NtsField.HEADER,
            lengthAt(packet, fields.cookieAt()) - NtsField.HEADER,
            keys);
    if (algorithm == null) {
      return NtsVerdict.NOT_AUTHENTIC;
    }
    aead = aeads.get(algorithm);
    aead.setKey(keys, 0);
    int opened = authenticator.open(aead, octets, fields.authenticatorAt() - at, true, out);
    if (opened == Aead.NOT_AUTHENTIC) {
      return NtsVerdict.NOT_AUTHENTIC;
    }
    if (opened == Authenticator.MALFORMED) {
      return NtsVerdict.MALFORMED;
    }
    requestLength = fields.authenticatorAt() - at + lengthAt(packet, fields.authenticatorAt());
    cookiesWanted = 1 + fields.validPlaceholders(packet);
    return NtsVerdict.AUTHENTIC;
  }

  private void load() {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      aeads.put(algorithm, ciphers.apply(algorithm));
    }
    cookies =
        new CookieSealer(
            ciphers.apply(AeadAlgorithm.AES_SIV_CMAC_256),
            ciphers.apply(AeadAlgorithm.AES_SIV_CMAC_256),
            randomness);
  }

  /**
   * Writes the fields of a reply behind the header; to be called at once after {@link #open} said
   * {@link NtsVerdict#AUTHENTIC}.
   *
   * @return octets of the reply
   */
  public int layOut(ByteBuffer packet, int at) {
    int authenticatorAt = writeIdentifier(packet, at);
    AeadAlgorithm algorithm = aead.algorithm();
    int field = NtsField.HEADER + CookieSealer.length(algorithm);
    int room = requestLength - authenticatorAt - Authenticator.length(aead, 0);
    // The room is for one cookie at least: the request had one, and our cookies are all as long.
    int count = Math.min(Math.min(cookiesWanted, MOST_COOKIES), room / field);
    int textLength = count * field;
    Authenticator.writeHeader(aead, out, 0, textLength);
    cookies.drawNonce(out, NtsField.AUTHENTICATOR_HEADER);
    int textAt = Authenticator.textAt(aead);
    for (int i = 0; i < count; i++) {
      int cookieAt = textAt + i * field;
      Authenticator.write(out, cookieAt, NtsField.COOKIE);
      Authenticator.write(out, cookieAt + 2, field);
      cookies.seal(ringOfRequest, algorithm, keys, out, cookieAt + NtsField.HEADER);
    }
    packet.put(at + authenticatorAt, out, 0, textAt + textLength);
    Unsealed reply = remember(at);
    reply.aead = aead;
    System.arraycopy(keys, algorithm.keyOctets(), reply.key, 0, algorithm.keyOctets());
    reply.authenticatorAt = authenticatorAt;
    reply.textLength = textLength;
    return authenticatorAt + Authenticator.length(aead, textLength);
  }

  /**
   * Writes the identifier alone behind the header, for a reply that is not authenticated: a kiss,
   * or the reply to a request without NTS.
   *
   * @return octets of the reply
   */
  public int layOutIdentifier(ByteBuffer packet, int at) {
    int length = writeIdentifier(packet, at);
    remember(at).aead = null;
    return length;
  }

  /**
   * Seals the reply at {@code at}, whose header is complete now.
   *
   * @return false if the reply there was not laid out here
   */
  public boolean seal(ByteBuffer packet, int at) {
    Unsealed reply = find(at);
    if (reply == null) {
      return false;
    }
    free(reply);
    if (reply.aead != null) {
      int textAt = reply.authenticatorAt + Authenticator.textAt(reply.aead);
      packet.get(at, octets, 0, textAt + reply.textLength);
      reply.aead.setKey(reply.key, 0);
      int length =
          authenticator.seal(reply.aead, octets, reply.authenticatorAt, reply.textLength, out, 0);
      packet.put(at + textAt, out, 0, length);
    }
    return true;
  }

  private int writeIdentifier(ByteBuffer packet, int at) {
    int length = lengthAt(packet, fields.identifierAt());
    packet.put(at + NtpHeader.LENGTH, octets, fields.identifierAt() - at, length);
    return NtpHeader.LENGTH + length;
  }

  private static int lengthAt(ByteBuffer packet, int at) {
    return ExtensionField.statedLength(packet, at);
  }

  private Unsealed remember(int at) {
    Unsealed free = find(Unsealed.FREE);
    if (free == null) {
      throw new IllegalStateException(
          waiting + " replies were laid out and none of them sealed; expected that many at most");
    }
    free.at = at;
    waiting++;
    return free;
  }

  /** Gives up the reply at {@code at} if one was laid out there and not sealed. */
  public void forget(int at) {
    Unsealed stale = find(at);
    if (stale != null) {
      free(stale);
    }
  }

  private void free(Unsealed reply) {
    reply.at = Unsealed.FREE;
    waiting--;
  }

  private Unsealed find(int at) {
    if (waiting > 0 || at == Unsealed.FREE) {
      for (Unsealed reply : unsealed) {
        if (reply.at == at) {
          return reply;
        }
      }
    }
    return null;
  }
}
