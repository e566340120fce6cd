package org.timeball.core.server;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.timeball.core.ServerState;
import org.timeball.core.nts.packet.NtsReplies;
import org.timeball.core.nts.packet.NtsVerdict;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.packet.StateHeader;
import org.timeball.core.packet.Trailer;
import org.timeball.time.Leap;
import org.timeball.time.NtpTimestamp;
import org.timeball.time.ReferenceId;

/**
 * Turns a request into its reply, in place (RFC 5905, section 9.2, procedure fast_xmit). Belongs to
 * one thread; allocates nothing.
 *
 * <p>Answered are client requests (mode 3) of version 1 to 4, in the version they ask in, and the
 * requests of version 1 that have no mode because it was not invented yet; their answers are mode
 * 4. Symmetric packets (mode 1) of strangers get a plain answer in mode 2 where {@link Passive} and
 * the access policy allow it. Nothing else is answered, neither mode 2 nor mode 4, so no answer can
 * be answered.
 *
 * <p>A request with Network Time Security gets a reply that has it too, or a kiss of death with the
 * code NTSN, or nothing; never the time without it (RFC 8915, section 5.7). Where NTS is not served
 * its fields are unknown ones.
 *
 * <p>Extension fields that are well-formed and unknown are left out of the reply. A request with a
 * code that this server has no key for, or that is wrong, gets a crypto-NAK, which tells its
 * operator that the keys differ.
 *
 * <p>A client of the interleaved mode (RFC 9769, section 2) is told when the reply before left, if
 * that is known; every other reply tells when it leaves itself.
 */
public final class Responder {
  private static final int NTP_PORT = 123;
  private static final int NEWEST_VERSION = 4;
  private static final int CODE_AT = NtpHeader.LENGTH;

  /** Kiss code RATE (RFC 5905, section 7.4). */
  private static final int RATE = ReferenceId.ofText("RATE").bits();

  /** Kiss code NTSN (RFC 8915, section 5.7). */
  private static final int NTSN = ReferenceId.ofText("NTSN").bits();

  private final Trailer trailer = new Trailer();
  private final Admission admission;
  private final PacketKeys keys;
  private final Optional<NtsReplies> nts;
  private final boolean ntsRequired;
  private final Optional<Interleaving> interleaving;
  private final Passive passive;
  private int replyLength;
  private boolean interleaved;
  private long awaitedReceipt;

  /** Answers everybody, and knows no key. */
  public Responder() {
    this(Admission.open(), PacketKeys.NONE);
  }

  /** Without Network Time Security; see the constructor with it. */
  public Responder(Admission admission, PacketKeys keys) {
    this(admission, keys, Optional.empty(), false, Optional.empty());
  }

  /**
   * @param admission who is answered, and how often
   * @param keys what requests with a code are checked by, and their replies get theirs by
   * @param nts absent where Network Time Security is not served
   * @param ntsRequired whether requests without it are dropped
   * @param interleaving absent where there is the basic mode only
   */
  public Responder(
      Admission admission,
      PacketKeys keys,
      Optional<NtsReplies> nts,
      boolean ntsRequired,
      Optional<Interleaving> interleaving) {
    this(admission, keys, nts, ntsRequired, interleaving, Passive.KEYED);
  }

  /**
   * As above.
   *
   * @param passive whether peers are answered that nobody configured
   */
  public Responder(
      Admission admission,
      PacketKeys keys,
      Optional<NtsReplies> nts,
      boolean ntsRequired,
      Optional<Interleaving> interleaving,
      Passive passive) {
    this.passive = passive;
    this.admission = admission;
    this.keys = keys;
    this.nts = nts;
    this.ntsRequired = ntsRequired;
    this.interleaving = interleaving;
  }

  /**
   * Answers {@code request}, except for the transmit timestamp, which {@link #finish} writes last.
   *
   * @param state what this server says about itself now
   * @param nowUnixNanos the served clock, for the growth of the root dispersion
   * @return whether a reply of {@link #replyLength} octets stands where the request was
   */
  public Outcome answer(Request request, ServerState state, long nowUnixNanos) {
    replyLength = 0;
    interleaved = false;
    awaitedReceipt = 0;
    if (nts.isPresent()) {
      nts.get().forget(request.at);
    }
    Outcome envelope = judgeEnvelope(request);
    if (envelope != Outcome.ANSWERED) {
      return envelope;
    }
    ByteBuffer packet = request.packet;
    int at = request.at;
    int version = NtpHeader.version(packet, at);
    if (version < 1 || version > NEWEST_VERSION) {
      return Outcome.UNKNOWN_VERSION;
    }
    boolean symmetric = NtpHeader.mode(packet, at) == Mode.SYMMETRIC_ACTIVE;
    if (!symmetric && !isRequest(request, version)) {
      return Outcome.NOT_A_REQUEST;
    }
    if (symmetric && (passive == Passive.OFF || ntsRequired || !admission.mayPeer(request))) {
      return Outcome.PEERING_REFUSED;
    }
    Outcome admitted = admission.judge(request);
    if (admitted.answered() && admitted != Outcome.ANSWERED) {
      int code = admitted == Outcome.KISSED_RATE ? RATE : admission.refusalCode();
      kiss(request, version, code, state, nowUnixNanos);
    }
    if (admitted != Outcome.ANSWERED) {
      return admitted;
    }
    return switch (trailer.read(packet, at, request.length)) {
      case MALFORMED -> Outcome.MALFORMED_TRAILER;
      case CRYPTO_NAK -> Outcome.NAK_IN_REQUEST;
      case OPEN, CODE ->
          symmetric
              ? answerPeer(request, version, state, nowUnixNanos)
              : answerWellFormed(request, version, state, nowUnixNanos);
    };
  }

  /**
   * A stranger who speaks as a peer. If its code is wrong it hears nothing: a crypto-NAK would be
   * one more packet that anybody can provoke.
   */
  private Outcome answerPeer(Request request, int version, ServerState state, long nowUnixNanos) {
    int codeAt = trailer.fieldsEnd();
    boolean coded = trailer.codeLength() > 0;
    boolean accepted =
        coded ? isAuthentic(request.packet, request.at, codeAt) : passive == Passive.OPEN;
    if (!accepted) {
      return Outcome.PEERING_REFUSED;
    }
    int keyId = coded ? MessageCode.keyId(request.packet, codeAt) : 0;
    fill(request, version, Mode.SYMMETRIC_PASSIVE, state, nowUnixNanos);
    replyLength = NtpHeader.LENGTH;
    if (coded) {
      request.packet.putInt(request.at + CODE_AT, keyId);
      replyLength += trailer.codeLength();
    }
    return Outcome.ANSWERED;
  }

  private boolean isAuthentic(ByteBuffer packet, int at, int codeAt) {
    int keyId = MessageCode.keyId(packet, codeAt);
    PacketKey key = keyId == 0 ? null : keys.find(keyId);
    return key != null && MessageCode.verify(packet, at, codeAt, trailer.codeLength(), key);
  }

  private Outcome answerWellFormed(
      Request request, int version, ServerState state, long nowUnixNanos) {
    NtsVerdict verdict = openNts(request);
    return switch (verdict) {
      case MALFORMED -> Outcome.MALFORMED_NTS;
      case NOT_READY -> Outcome.NTS_NOT_READY;
      case PLAIN -> {
        if (ntsRequired) {
          yield Outcome.NTS_REQUIRED;
        }
        if (trailer.codeLength() > 0) {
          yield answerWithCode(request, version, state, nowUnixNanos);
        }
        fillInterleaved(request, version, state, nowUnixNanos);
        replyLength = NtpHeader.LENGTH;
        yield Outcome.ANSWERED;
      }
      case IDENTIFIED -> {
        if (ntsRequired) {
          yield Outcome.NTS_REQUIRED;
        }
        fill(request, version, Mode.SERVER, state, nowUnixNanos);
        replyLength = nts.orElseThrow().layOutIdentifier(request.packet, request.at);
        yield Outcome.ANSWERED;
      }
      case AUTHENTIC -> {
        fillInterleaved(request, version, state, nowUnixNanos);
        replyLength = nts.orElseThrow().layOut(request.packet, request.at);
        yield Outcome.ANSWERED_WITH_NTS;
      }
      case NOT_AUTHENTIC -> {
        kiss(request, version, NTSN, state, nowUnixNanos);
        replyLength = nts.orElseThrow().layOutIdentifier(request.packet, request.at);
        yield Outcome.KISSED_NTSN;
      }
    };
  }

  private NtsVerdict openNts(Request request) {
    return nts.isEmpty() || trailer.fieldsStart() == trailer.fieldsEnd()
        ? NtsVerdict.PLAIN
        : nts.get()
            .open(
                request.packet,
                request.at,
                request.length,
                trailer.fieldsStart(),
                trailer.fieldsEnd());
  }

  /**
   * A reply with a code of the same key, or with a crypto-NAK; its length is the request's or less.
   */
  private Outcome answerWithCode(
      Request request, int version, ServerState state, long nowUnixNanos) {
    ByteBuffer packet = request.packet;
    int at = request.at;
    int codeAt = trailer.fieldsEnd();
    int keyId = MessageCode.keyId(packet, codeAt);
    if (!isAuthentic(packet, at, codeAt)) {
      fill(request, version, Mode.SERVER, state, nowUnixNanos);
      packet.putInt(at + CODE_AT, 0);
      replyLength = CODE_AT + MessageCode.KEY_ID_LENGTH;
      return Outcome.CRYPTO_NAK;
    }
    fillInterleaved(request, version, state, nowUnixNanos);
    packet.putInt(at + CODE_AT, keyId);
    replyLength = CODE_AT + trailer.codeLength();
    return Outcome.ANSWERED;
  }

  private void kiss(Request request, int version, int code, ServerState state, long nowUnixNanos) {
    int mode =
        NtpHeader.mode(request.packet, request.at) == Mode.SYMMETRIC_ACTIVE
            ? Mode.SYMMETRIC_PASSIVE
            : Mode.SERVER;
    fill(request, version, mode, state, nowUnixNanos);
    NtpHeader.leapVersionMode(request.packet, request.at, Leap.UNSYNCHRONIZED, version, mode);
    NtpHeader.stratum(request.packet, request.at, 0);
    NtpHeader.referenceId(request.packet, request.at, code);
    replyLength = NtpHeader.LENGTH;
  }

  /** Octets of the reply that the last {@link #answer} made; 0 when it made none. */
  public int replyLength() {
    return replyLength;
  }

  /**
   * Whether the reply that the last {@link #answer} made tells when the reply before left: it has
   * its transmit timestamp already.
   */
  public boolean isInterleaved() {
    return interleaved;
  }

  /**
   * What {@link #departed} is to be called with when the reply that the last {@link #answer} made
   * has left; 0 when nobody will ask.
   */
  public long awaitedReceipt() {
    return awaitedReceipt;
  }

  /**
   * A reply has left.
   *
   * @param receipt its {@link #awaitedReceipt}
   * @param unixNanos as the kernel saw it, on the served clock
   */
  public void departed(long receipt, long unixNanos) {
    interleaving.orElseThrow().departed(receipt, NtpTimestamp.bitsOfUnixNanos(unixNanos));
  }

  /**
   * Writes the transmit timestamp and, over all of the reply, its code or its seal if it has one:
   * the last thing to do before it leaves.
   *
   * @param length what {@link #replyLength} was after the request was answered
   */
  public void finish(ByteBuffer packet, int at, int length, long unixNanos) {
    long bits = StateHeader.wireBits(unixNanos);
    NtpHeader.transmitTimestamp(
        packet, at, interleaving.isPresent() ? Interleaving.transmit(bits) : bits);
    seal(packet, at, length);
  }

  /** {@link #finish} for a reply that has its transmit timestamp already. */
  public void seal(ByteBuffer packet, int at, int length) {
    boolean sealed = nts.isPresent() && nts.get().seal(packet, at);
    if (!sealed && hasCode(length)) {
      int keyId = MessageCode.keyId(packet, at + CODE_AT);
      MessageCode.write(packet, at, at + CODE_AT, keyId, keys.find(keyId));
    }
  }

  /**
   * Whether {@link #finish} will have to make a code or a seal, which takes longer than a
   * timestamp.
   */
  public static boolean hasCode(int replyLength) {
    return replyLength > CODE_AT + MessageCode.KEY_ID_LENGTH;
  }

  /** Writes the transmit timestamp of a reply that has no code. */
  public static void stamp(ByteBuffer packet, int at, long unixNanos) {
    NtpHeader.transmitTimestamp(packet, at, StateHeader.wireBits(unixNanos));
  }

  private static Outcome judgeEnvelope(Request request) {
    if (request.truncated) {
      return Outcome.TOO_LONG;
    }
    if (request.length < NtpHeader.LENGTH) {
      return Outcome.TOO_SHORT;
    }
    if (request.sourcePort == 0
        || !IpAddresses.canBeSender(request.sourceHigh, request.sourceLow)) {
      return Outcome.BAD_SOURCE;
    }
    boolean welcome =
        request.groupWelcome
            ? IpAddresses.isMulticast(request.destinationHigh, request.destinationLow)
            : request.unicast
                && IpAddresses.canBeSender(request.destinationHigh, request.destinationLow);
    if (!welcome) {
      return Outcome.NOT_UNICAST;
    }
    if (request.sourcePort == request.destinationPort
        && request.sourceLow == request.destinationLow
        && request.sourceHigh == request.destinationHigh) {
      return Outcome.OWN_PACKET;
    }
    return Outcome.ANSWERED;
  }

  private static boolean isRequest(Request request, int version) {
    int mode = NtpHeader.mode(request.packet, request.at);
    // Version 1 peers both sent from the NTP port and clients did not; that is all there is to tell
    // a question from an answer (RFC 1059, section 3.3).
    return mode == Mode.CLIENT
        || (version == 1 && mode == Mode.RESERVED && request.sourcePort != NTP_PORT);
  }

  /**
   * {@link #fill} for a client that may use the interleaved mode: it shows the receive timestamp of
   * its last reply as the origin of its request (RFC 9769, section 2).
   */
  private void fillInterleaved(Request request, int version, ServerState state, long nowUnixNanos) {
    if (interleaving.isEmpty()) {
      fill(request, version, Mode.SERVER, state, nowUnixNanos);
      return;
    }
    Interleaving known = interleaving.get();
    known.clockRead(nowUnixNanos, request.handledRawNanos);
    ByteBuffer packet = request.packet;
    int at = request.at;
    long shown = NtpHeader.originTimestamp(packet, at);
    long theirs = NtpHeader.receiveTimestamp(packet, at);
    boolean wanted =
        Interleaving.isReceipt(shown)
            && theirs != 0
            && theirs != NtpHeader.transmitTimestamp(packet, at);
    long departure = wanted ? known.take(shown) : 0;
    fill(request, version, Mode.SERVER, state, nowUnixNanos);
    long receipt = known.receipt(NtpHeader.receiveTimestamp(packet, at));
    NtpHeader.receiveTimestamp(packet, at, receipt);
    awaitedReceipt = wanted ? receipt : 0;
    if (departure != 0) {
      interleaved = true;
      NtpHeader.originTimestamp(packet, at, theirs);
      NtpHeader.transmitTimestamp(packet, at, departure);
    }
  }

  private static void fill(
      Request request, int version, int mode, ServerState state, long nowUnixNanos) {
    ByteBuffer packet = request.packet;
    int at = request.at;
    long origin = NtpHeader.transmitTimestamp(packet, at);
    // The poll exponent is echoed by leaving it alone.
    StateHeader.write(packet, at, version, mode, state, nowUnixNanos);
    NtpHeader.originTimestamp(packet, at, origin);
    // A kernel stamp converted to the served scale may come out a few nanoseconds late; a request
    // never arrives after now.
    NtpHeader.receiveTimestamp(
        packet, at, StateHeader.wireBits(Math.min(request.receivedUnixNanos, nowUnixNanos)));
  }
}
