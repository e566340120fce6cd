package org.timeball.core.nts.ke;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of one message, up to End of Message (RFC 8915, section 4). */
public final class KeMessage {
  /**
   * More than any message with sense in it: a response with 8 cookies takes less than 2000 octets.
   */
  public static final int MOST_OCTETS = 16_384;

  /** The answer of {@link #lengthOf} while the End of Message has not arrived. */
  public static final int INCOMPLETE = -1;

  private static final int HEADER = 4;
  private static final int CRITICAL = 0x8000;

  private final List<KeRecord> records;

  private KeMessage(List<KeRecord> records) {
    this.records = records;
  }

  /**
   * How many octets the message takes that begins at the buffer's position, End of Message
   * included, or {@link #INCOMPLETE}. Leaves the buffer as it is. Takes one step a record.
   */
  public static int lengthOf(ByteBuffer octets) {
    int at = octets.position();
    while (octets.limit() - at >= HEADER) {
      int type = octets.getShort(at) & ~CRITICAL & 0xFFFF;
      at += HEADER + (octets.getShort(at + 2) & 0xFFFF);
      if (at > octets.limit()) {
        return INCOMPLETE;
      }
      if (type == KeRecordType.END_OF_MESSAGE.number()) {
        return at - octets.position();
      }
    }
    return INCOMPLETE;
  }

  /** Reads a message; empty if it is not exactly one, whole and with a correct end. */
  static Optional<KeMessage> read(byte[] octets) {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    if (octets.length > MOST_OCTETS || lengthOf(buffer) != octets.length) {
      return Optional.empty();
    }
    List<KeRecord> records = new ArrayList<>();
    while (buffer.hasRemaining()) {
      int type = buffer.getShort() & 0xFFFF;
      byte[] body = new byte[buffer.getShort() & 0xFFFF];
      buffer.get(body);
      records.add(new KeRecord((type & CRITICAL) != 0, type & ~CRITICAL, body));
    }
    // The critical bit must be set and the body empty (RFC 8915, section 4.1.1).
    KeRecord end = records.removeLast();
    return end.isCritical() && end.length() == 0
        ? Optional.of(new KeMessage(List.copyOf(records)))
        : Optional.empty();
  }

  /** Whether there is a critical record of a type that is not known here. */
  boolean hasUnknownCritical() {
    return records.stream()
        .anyMatch(r -> r.isCritical() && KeRecordType.ofNumber(r.number()).isEmpty());
  }

  boolean has(KeRecordType type) {
    return records.stream().anyMatch(r -> r.is(type));
  }

  /** All records of a type, in their order. */
  List<KeRecord> all(KeRecordType type) {
    return records.stream().filter(r -> r.is(type)).toList();
  }

  /** The record of a type, if there is exactly one. */
  Optional<KeRecord> single(KeRecordType type) {
    List<KeRecord> found = all(type);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
