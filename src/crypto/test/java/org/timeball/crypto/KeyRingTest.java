package org.timeball.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.timeball.core.keys.KeyAlgorithm;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.core.packet.MessageCode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKey;
import org.timeball.corpora.Corpora;
import org.timeball.time.Leap;

class KeyRingTest {
  private static PacketKey key(KeyAlgorithm algorithm, byte[] secret) {
    return new KeyRing(List.of(new SymmetricKey(7, algorithm, new SymmetricKey.Secret(secret))))
        .find(7);
  }

  private static byte[] secretFor(KeyAlgorithm algorithm) {
    return new byte[algorithm.isCipher() ? algorithm.secretLength() : 20];
  }

  /** The packet of NTPsec's own test: 16 octets, key identifier 0 and the digest. */
  @Test
  void makesTheDigestsThatNtpsecMakes() {
    for (JsonElement element :
        Corpora.json("vectors/ntpsec_mac.json").getAsJsonObject().getAsJsonArray("tests")) {
      JsonObject test = element.getAsJsonObject();
      KeyAlgorithm algorithm = KeyAlgorithm.ofName(test.get("type").getAsString()).orElseThrow();
      byte[] message = Hex.octets(test, "message");
      PacketKey key = key(algorithm, Hex.octets(test, "key"));
      ByteBuffer packet = ByteBuffer.allocate(message.length + 4 + 16).put(0, message);
      key.write(packet, 0, message.length, message.length + 4, 16);

      assertThat(packet.array()).isEqualTo(Hex.octets(test, "packet"));
    }
  }

  @Test
  void makesTheDigestsThatChronyMakes() {
    JsonObject file = Corpora.json("vectors/chrony_cmac.json").getAsJsonObject();
    byte[] message = Hex.octets(file, "message");
    for (JsonElement element : file.getAsJsonArray("tests")) {
      JsonObject test = element.getAsJsonObject();
      KeyAlgorithm algorithm = KeyAlgorithm.ofName(test.get("name").getAsString()).orElseThrow();
      PacketKey key = key(algorithm, Hex.octets(test, "key"));
      ByteBuffer packet = ByteBuffer.allocate(message.length + 16).put(0, message);
      key.write(packet, 0, message.length, message.length, 16);
      byte[] made = new byte[16];
      packet.get(message.length, made);

      assertThat(made).isEqualTo(Hex.octets(test, "mac"));
    }
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void acceptsItsOwnCodeAndNoneWithABitChanged(KeyAlgorithm algorithm) {
    PacketKey key = key(algorithm, secretFor(algorithm));
    int length = MessageCode.length(key, 4);
    assertThat(length).isLessThanOrEqualTo(24);
    ByteBuffer packet = ByteBuffer.allocate(NtpHeader.LENGTH + length);
    NtpHeader.leapVersionMode(packet, 0, Leap.NONE, 4, 3);
    MessageCode.write(packet, 0, NtpHeader.LENGTH, 7, key);

    assertThat(MessageCode.verify(packet, 0, NtpHeader.LENGTH, length, key)).isTrue();
    for (int bit = 0; bit < 8 * packet.capacity(); bit++) {
      int at = bit / 8;
      if (at >= NtpHeader.LENGTH && at < NtpHeader.LENGTH + MessageCode.KEY_ID_LENGTH) {
        continue;
      }
      byte whole = packet.get(at);
      packet.put(at, (byte) (whole ^ 1 << bit % 8));
      assertThat(MessageCode.verify(packet, 0, NtpHeader.LENGTH, length, key))
          .as("bit %d", bit)
          .isFalse();
      packet.put(at, whole);
    }
  }

  @Test
  void knowsNoOtherIdentifier() {
    KeyRing ring =
        new KeyRing(
            List.of(
                new SymmetricKey(
                    SymmetricKey.LARGEST_ID,
                    KeyAlgorithm.SHA256,
                    new SymmetricKey.Secret(new byte[20]))));
    assertThat(ring.find(-1)).isNotNull();
    assertThat(ring.find(0)).isNull();
    assertThat(ring.find(1)).isNull();
  }
}
