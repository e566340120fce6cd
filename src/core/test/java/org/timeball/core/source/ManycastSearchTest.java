package org.timeball.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.time.Leap;

/** Searches for servers in a multicast group. */
class ManycastSearchTest {
  private static final long NONCE = 0xDEAD_BEEF_0BAD_F00DL;

  private static ManycastSearch search(Set<String> senders) {
    return new ManycastSearch(4, 2, 0, id -> null, senders, NONCE);
  }

  private static ByteBuffer answer(Consumer<ByteBuffer> change) {
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, Mode.SERVER);
    NtpHeader.stratum(packet, 0, 1);
    NtpHeader.originTimestamp(packet, 0, NONCE);
    change.accept(packet);
    return packet;
  }

  private static ByteBuffer answer() {
    return answer(packet -> {});
  }

  @Test
  void eachRequestIsCarriedTwiceAsFarAsTheOneBefore() {
    assertThat(ManycastSearch.rings(1)).containsExactly(1);
    assertThat(ManycastSearch.rings(8)).containsExactly(1, 2, 4, 8);
    assertThat(ManycastSearch.rings(5)).containsExactly(1, 2, 4, 5);
    assertThat(ManycastSearch.rings(255)).endsWith(128, 255);
  }

  @Test
  void theRequestIsAClientsAndSaysNothingButItsNonce() {
    ByteBuffer packet = ByteBuffer.wrap(search(Set.of()).request());
    assertThat(NtpHeader.mode(packet, 0)).isEqualTo(Mode.CLIENT);
    assertThat(NtpHeader.version(packet, 0)).isEqualTo(4);
    assertThat(NtpHeader.transmitTimestamp(packet, 0)).isEqualTo(NONCE);
    assertThat(packet.capacity()).isEqualTo(NtpHeader.LENGTH);
  }

  @Test
  void asManyAsAreWantedAreEnoughAndEachCountsOnce() {
    ManycastSearch search = search(Set.of());
    search.onPacket(answer(), "192.0.2.1");
    search.onPacket(answer(), "192.0.2.1");
    assertThat(search.isEnough()).isFalse();
    search.onPacket(answer(), "192.0.2.2");
    assertThat(search.isEnough()).isTrue();
    assertThat(search.found()).containsExactly("192.0.2.1", "192.0.2.2");
  }

  @Test
  void whatDoesNotAnswerTheRequestOrGivesNoTimeIsNotFound() {
    ManycastSearch search = search(Set.of("192.0.2.1"));
    search.onPacket(answer(), "192.0.2.9");
    search.onPacket(answer(p -> NtpHeader.originTimestamp(p, 0, NONCE + 1)), "192.0.2.1");
    search.onPacket(
        answer(p -> NtpHeader.leapVersionMode(p, 0, Leap.NONE, 4, Mode.BROADCAST)), "192.0.2.1");
    search.onPacket(
        answer(p -> NtpHeader.leapVersionMode(p, 0, Leap.UNSYNCHRONIZED, 4, Mode.SERVER)),
        "192.0.2.1");
    search.onPacket(answer(p -> NtpHeader.stratum(p, 0, 0)), "192.0.2.1");
    search.onPacket(answer().limit(NtpHeader.LENGTH - 1), "192.0.2.1");
    search.onPacket(answer().limit(1), "192.0.2.1");
    assertThat(search.found()).isEmpty();
  }

  @Test
  void withAKeyAnAnswerWithoutTheCodeIsNotFound() {
    ManycastSearch search =
        new ManycastSearch(4, 2, 5, id -> new ClientAssociationTest.XorKey(0x5A), Set.of(), NONCE);
    search.onPacket(answer(), "192.0.2.1");
    assertThat(search.found()).isEmpty();
    assertThat(search.request().length).isGreaterThan(NtpHeader.LENGTH);
  }
}
