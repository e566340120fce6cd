package org.timeball.checks.fuzz;

import java.nio.ByteBuffer;
import java.util.List;
import org.timeball.core.packet.ExtensionField;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.Trailer;

/** Header, extension fields and code of a packet. */
final class TrailerTarget implements FuzzTarget {
  @Override
  public String name() {
    return "trailer";
  }

  @Override
  public String promise() {
    return "divides a packet without a gap or a remainder into header, fields and code";
  }

  @Override
  public List<byte[]> seeds() {
    byte[] header = Packets.header(4, Mode.CLIENT);
    return List.of(
        header,
        Packets.withCode(header, 1),
        Packets.withCode(Packets.header(3, Mode.CLIENT), 2),
        Packets.joined(header, new byte[4]),
        Packets.joined(header, Packets.field(0x0104, 36), Packets.field(0x2005, 28)),
        Packets.withCode(Packets.joined(header, Packets.field(0x2005, 28)), 1));
  }

  @Override
  public void accept(byte[] octets) {
    if (octets.length < NtpHeader.LENGTH) {
      return;
    }
    ByteBuffer packet = ByteBuffer.wrap(octets);
    Trailer trailer = new Trailer();
    Trailer.Ending ending = trailer.read(packet, 0, octets.length);
    if (ending == Trailer.Ending.MALFORMED) {
      return;
    }
    Promise.kept(
        trailer.fieldsStart() == NtpHeader.LENGTH
            && trailer.fieldsEnd() + trailer.codeLength() == octets.length,
        "header, fields and code are not the whole packet");
    Promise.kept(
        ending == Trailer.Ending.OPEN == (trailer.codeLength() == 0),
        "a code of " + trailer.codeLength() + " octets, and " + ending);
    int at = trailer.fieldsStart();
    while (at < trailer.fieldsEnd()) {
      int length = ExtensionField.lengthWithin(packet, at, trailer.fieldsEnd());
      Promise.kept(length > 0, "a field that does not fit at " + at);
      at += length;
    }
    Promise.kept(at == trailer.fieldsEnd(), "fields end at " + at);
  }
}
