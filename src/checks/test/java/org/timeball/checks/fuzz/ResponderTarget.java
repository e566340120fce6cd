package org.timeball.checks.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.timeball.core.ServerState;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.server.Outcome;
import org.timeball.core.server.Responder;

/** A datagram that reaches a server with symmetric keys and Network Time Security. */
final class ResponderTarget implements FuzzTarget {
  private static final ServerState STATE = ServerState.unsynchronized(-20);

  private final byte[] room = new byte[Packets.ROOM];
  private final ByteBuffer packet = ByteBuffer.wrap(room);
  private final Responder responder = Packets.responder();
  private final Responder bystander = new Responder();

  @Override
  public String name() {
    return "responder";
  }

  @Override
  public String promise() {
    return "answers requests only, with no more octets than it got, and nothing that can be"
        + " answered";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        Packets.header(4, Mode.CLIENT),
        Packets.header(3, Mode.CLIENT),
        Packets.header(1, Mode.RESERVED),
        Packets.withCode(Packets.header(4, Mode.CLIENT), 1),
        Packets.withCode(Packets.header(3, Mode.CLIENT), 2),
        Packets.withCode(Packets.header(4, Mode.SYMMETRIC_ACTIVE), 1),
        Packets.joined(Packets.header(4, Mode.CLIENT), Packets.field(0x0104, 36)),
        Packets.ntsRequest(AeadAlgorithm.AES_SIV_CMAC_256, 0).octets(),
        Packets.ntsRequest(AeadAlgorithm.AES_SIV_CMAC_512, 7).octets(),
        Packets.ntsRequest(AeadAlgorithm.AES_128_GCM_SIV, 2).octets());
  }

  @Override
  public void accept(byte[] octets) {
    outcome(octets);
  }

  /** Answers a request and looks at all that must be true of any. */
  Outcome outcome(byte[] octets) {
    int length = Math.min(octets.length, room.length);
    Arrays.fill(room, (byte) 0);
    System.arraycopy(octets, 0, room, 0, length);
    int version = length == 0 ? 0 : NtpHeader.version(packet, 0);
    int mode = length == 0 ? 0 : NtpHeader.mode(packet, 0);
    byte[] asked = room.clone();
    Outcome outcome = responder.answer(Packets.fromClient(packet, length), STATE, Packets.NOW);
    int replyLength = responder.replyLength();
    Promise.kept(outcome.answered() == (replyLength > 0), outcome + " with " + replyLength);
    Promise.kept(replyLength <= length, "a reply longer than its request");
    if (!outcome.answered()) {
      Promise.kept(Arrays.equals(room, asked), "changed what it did not answer");
      return outcome;
    }
    responder.finish(packet, 0, replyLength, Packets.NOW);
    boolean peer = mode == Mode.SYMMETRIC_ACTIVE;
    Promise.kept(
        peer || mode == Mode.CLIENT || (mode == Mode.RESERVED && version == 1),
        "answered mode " + mode);
    Promise.kept(
        NtpHeader.mode(packet, 0) == (peer ? Mode.SYMMETRIC_PASSIVE : Mode.SERVER), "not a reply");
    Promise.kept(NtpHeader.version(packet, 0) == version, "another version");
    Promise.kept(
        NtpHeader.originTimestamp(packet, 0)
            == NtpHeader.transmitTimestamp(ByteBuffer.wrap(asked), 0),
        "another origin");
    Promise.kept(
        !bystander.answer(Packets.fromServer(packet, replyLength), STATE, Packets.NOW).answered(),
        "a reply that is answered");
    return outcome;
  }
}
