package org.timeball.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.ServerState;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.core.packet.PacketKeys;

/** Random packets, most of them nearly right; a failure names the seed and the turn. */
class ResponderFuzzTest {
  private static final int TURNS = 200_000;
  private static final int ROOM = 256;
  private static final int LONGEST = 140;

  /** Half of all keys exist; what the code is made of is not what is looked at here. */
  private static final PacketKeys SOME_KEYS = id -> id % 2 == 0 ? new AnyCode() : null;

  private record AnyCode() implements PacketKey {
    @Override
    public int digestLength() {
      return 20;
    }

    @Override
    public void write(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
      packet.put(digestAt, new byte[digestLength]);
    }

    @Override
    public boolean verify(ByteBuffer packet, int at, int length, int digestAt, int digestLength) {
      return true;
    }
  }

  private static final int[] LENGTHS = {48, 52, 60, 64, 68, 72, 76, 84, 116, 136};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void neverThrowsNorAnswersWhatIsNoRequestNorSaysMoreThanItWasAsked(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Responder responder = new Responder(Admission.open(), SOME_KEYS);
    ServerState state = ServerState.unsynchronized(-20);
    byte[] octets = new byte[ROOM];
    ByteBuffer packet = ByteBuffer.wrap(octets);
    for (int turn = 0; turn < TURNS; turn++) {
      random.nextBytes(octets);
      int length = random.nextBoolean() ? pick(random) : random.nextInt(LONGEST);
      shapeOneFieldOrMore(packet, length, random);
      int version = NtpHeader.version(packet, 0);
      int mode = NtpHeader.mode(packet, 0);
      byte[] asked = octets.clone();
      Request request = Requests.of(packet, length).receivedAt(random.nextLong());

      Outcome outcome = responder.answer(request, state, random.nextLong());

      String where = "seed " + seed + ", turn " + turn + ": " + outcome;
      assertThat(responder.replyLength()).as(where).isLessThanOrEqualTo(length);
      assertThat(responder.replyLength() > 0).as(where).isEqualTo(outcome.answered());
      if (outcome.answered()) {
        responder.finish(packet, 0, responder.replyLength(), random.nextLong());
        boolean peer = mode == Mode.SYMMETRIC_ACTIVE;
        assertThat(peer || mode == Mode.CLIENT || (mode == Mode.RESERVED && version == 1))
            .as(where)
            .isTrue();
        assertThat(NtpHeader.mode(packet, 0))
            .as(where)
            .isEqualTo(peer ? Mode.SYMMETRIC_PASSIVE : Mode.SERVER);
        assertThat(NtpHeader.version(packet, 0)).as(where).isEqualTo(version);
        assertThat(answersToThe(packet, responder.replyLength(), state))
            .as(where + ": an answer is not answered")
            .isFalse();
      } else {
        assertThat(octets).as(where + ": left as it was").isEqualTo(asked);
      }
    }
  }

  private static int pick(SplittableRandom random) {
    return LENGTHS[random.nextInt(LENGTHS.length)];
  }

  /** Most packets are requests of a known version, many with fields of lengths that fit. */
  private static void shapeOneFieldOrMore(ByteBuffer packet, int length, SplittableRandom random) {
    if (random.nextInt(4) != 0) {
      packet.put(0, (byte) (random.nextInt(4) << 6 | random.nextInt(1, 5) << 3 | Mode.CLIENT));
    }
    int at = NtpHeader.LENGTH;
    while (at + 4 <= length && random.nextInt(8) != 0) {
      int field = 4 * random.nextInt(4, 12);
      packet.putShort(at + 2, (short) field);
      at += field;
    }
    if (at + 4 <= length && random.nextInt(8) == 0) {
      packet.putInt(at, 0);
    }
  }

  private static boolean answersToThe(ByteBuffer reply, int length, ServerState state) {
    Request bounced =
        Requests.of(reply, length)
            .source(0, Requests.SERVER, Requests.SERVER_PORT)
            .destination(0, Requests.CLIENT, Requests.CLIENT_PORT, true);
    return new Responder(
            Admission.open(),
            PacketKeys.NONE,
            Optional.empty(),
            false,
            Optional.empty(),
            Passive.OPEN)
        .answer(bounced, state, 0)
        .answered();
  }
}
