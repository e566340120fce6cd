package org.timeball.checks.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.timeball.core.ServerState;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.packet.NtsReply;
import org.timeball.core.nts.packet.NtsRequest;
import org.timeball.core.server.Responder;

/** A datagram that reaches a client with Network Time Security. */
final class NtsReplyTarget implements FuzzTarget {
  private static final AeadAlgorithm ALGORITHM = AeadAlgorithm.AES_SIV_CMAC_256;

  private final NtsRequest request = Packets.ntsRequest(ALGORITHM, 1);
  private final byte[] answer = answer();

  @Override
  public String name() {
    return "nts-reply";
  }

  @Override
  public String promise() {
    return "takes no octet for authentic that the server did not seal";
  }

  private byte[] answer() {
    byte[] room = Arrays.copyOf(request.octets(), Packets.ROOM);
    ByteBuffer packet = ByteBuffer.wrap(room);
    Responder responder = Packets.responder();
    responder.answer(
        Packets.fromClient(packet, request.octets().length),
        ServerState.unsynchronized(-20),
        Packets.NOW);
    int length = responder.replyLength();
    responder.finish(packet, 0, length, Packets.NOW);
    return Arrays.copyOf(room, length);
  }

  @Override
  public List<byte[]> seeds() {
    byte[] kiss = Arrays.copyOf(answer, 84);
    kiss[0] = (byte) 0xE4;
    kiss[1] = 0;
    System.arraycopy("NTSN".getBytes(StandardCharsets.US_ASCII), 0, kiss, 12, 4);
    return List.of(answer, kiss, Packets.joined(answer, Packets.field(0x2005, 28)));
  }

  @Override
  public void accept(byte[] octets) {
    if (request.judge(octets) instanceof NtsReply.Authentic) {
      Promise.kept(
          octets.length >= answer.length
              && Arrays.equals(answer, Arrays.copyOf(octets, answer.length)),
          "a forged reply counts");
    }
  }
}
