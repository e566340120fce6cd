package org.timeball.checks.fuzz;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.core.nts.ke.KeAnswer;
import org.timeball.core.nts.ke.KeClient;
import org.timeball.core.nts.ke.KeMessage;
import org.timeball.core.nts.ke.KeResult;
import org.timeball.core.nts.ke.KeServer;

/** What a client sends for keys. */
final class KeRequestTarget implements FuzzTarget {
  private final KeServer server =
      new KeServer(Optional.of("ntp.example.net"), OptionalInt.of(4123));

  @Override
  public String name() {
    return "ke-request";
  }

  @Override
  public String promise() {
    return "gets an answer that is well-formed, with cookies only if both agree on an algorithm";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        KeClient.request(),
        Packets.octets("80010002000080040002000f80000000"),
        Packets.octets("80010002000080040004001e000f0400000080000000"),
        Packets.octets("8001000400008001" + "8004000200ff" + "80060004" + "6e747031" + "80000000"),
        Packets.octets("8001000200000007000210e180040002000fc00100000008000180000000"));
  }

  @Override
  public void accept(byte[] octets) {
    int length = KeMessage.lengthOf(ByteBuffer.wrap(octets));
    Promise.kept(
        length == KeMessage.INCOMPLETE || (length >= 4 && length <= octets.length),
        "a message of " + length + " octets");
    KeAnswer answer = server.answer(octets);
    boolean granted = answer instanceof KeAnswer.Granted;
    Promise.kept(!granted || length == octets.length, "granted half a message");
    byte[] response =
        server.response(answer, granted ? Collections.nCopies(8, new byte[100]) : List.of());
    Promise.kept(
        KeMessage.lengthOf(ByteBuffer.wrap(response)) == response.length,
        "a response without an end");
    if (!granted) {
      Promise.kept(
          KeClient.judge(response) instanceof KeResult.Refused, "a refusal that gives keys");
    }
  }
}
