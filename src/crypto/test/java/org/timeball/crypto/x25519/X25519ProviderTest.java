package org.timeball.crypto.x25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.junit.jupiter.api.Test;

class X25519ProviderTest {
  private static final Provider OURS = new X25519Provider();
  private static final Provider JDKS = Security.getProvider("SunEC");

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static PublicKey publicKey(byte[] point) throws Exception {
    return KeyFactory.getInstance("XDH", JDKS)
        .generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, LittleEndian.number(point)));
  }

  private static PrivateKey privateKey(String hex) throws Exception {
    return KeyFactory.getInstance("XDH", JDKS)
        .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, octets(hex)));
  }

  private static KeyPair keyPair(Provider provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH", provider);
    generator.initialize(NamedParameterSpec.X25519);
    return generator.generateKeyPair();
  }

  private static byte[] agreed(Provider provider, PrivateKey own, PublicKey other)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
    agreement.init(own);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  /** RFC 7748, section 6.1. */
  @Test
  void agreesWithTheExampleOfTheStandard() throws Exception {
    byte[] secret =
        agreed(
            OURS,
            privateKey("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
            publicKey(octets("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")));
    assertThat(secret)
        .isEqualTo(octets("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
  }

  @Test
  void agreesWithTheJdkWhoeverMadeTheKeys() throws Exception {
    for (int i = 0; i < 50; i++) {
      KeyPair ours = keyPair(OURS);
      KeyPair jdks = keyPair(JDKS);
      assertThat(agreed(OURS, ours.getPrivate(), jdks.getPublic()))
          .isEqualTo(agreed(JDKS, jdks.getPrivate(), ours.getPublic()))
          .isEqualTo(agreed(OURS, jdks.getPrivate(), ours.getPublic()));
    }
  }

  @Test
  void refusesPointsThatGiveTheSecretAway() throws Exception {
    KeyPair own = keyPair(OURS);
    for (String low :
        new String[] {
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
        }) {
      PublicKey point = new X25519PublicKey(LittleEndian.number(octets(low)));
      assertThatThrownBy(() -> agreed(OURS, own.getPrivate(), point))
          .isInstanceOf(InvalidKeyException.class)
          .hasMessageContaining("small order");
    }
  }

  @Test
  void givesASecretOnceAndNoneBeforeBothKeysAreThere() throws Exception {
    KeyPair own = keyPair(OURS);
    PublicKey other = keyPair(OURS).getPublic();
    KeyAgreement agreement = KeyAgreement.getInstance("XDH", OURS);
    assertThatThrownBy(() -> agreement.doPhase(other, true))
        .isInstanceOf(IllegalStateException.class);
    agreement.init(own.getPrivate());
    assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agreement.doPhase(other, false))
        .isInstanceOf(IllegalStateException.class);
    agreement.doPhase(other, true);
    assertThat(agreement.generateSecret()).hasSize(32);
    assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);

    agreement.doPhase(other, true);
    agreement.init(own.getPrivate());
    assertThatThrownBy(agreement::generateSecret).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givesTheSameSecretInWhateverFormItIsWanted() throws Exception {
    KeyPair own = keyPair(OURS);
    PublicKey other = keyPair(OURS).getPublic();
    byte[] secret = agreed(OURS, own.getPrivate(), other);
    KeyAgreement agreement = KeyAgreement.getInstance("XDH", OURS);
    agreement.init(own.getPrivate());

    agreement.doPhase(other, true);
    SecretKey key = agreement.generateSecret("TlsPremasterSecret");
    assertThat(key.getEncoded()).isEqualTo(secret);
    assertThat(key.getAlgorithm()).isEqualTo("TlsPremasterSecret");

    agreement.doPhase(other, true);
    byte[] room = new byte[35];
    assertThatThrownBy(() -> agreement.generateSecret(room, 4))
        .isInstanceOf(ShortBufferException.class);
    assertThat(agreement.generateSecret(room, 3)).isEqualTo(32);
    assertThat(Arrays.copyOfRange(room, 3, 35)).isEqualTo(secret);
    assertThat(Arrays.copyOf(room, 3)).containsOnly(0);
  }

  @Test
  void eachPairIsAnotherOne() throws Exception {
    XECPrivateKey key = (XECPrivateKey) keyPair(OURS).getPrivate();
    byte[] scalar = key.getScalar().orElseThrow();
    assertThat(((XECPrivateKey) keyPair(OURS).getPrivate()).getScalar().orElseThrow())
        .isNotEqualTo(scalar);
    assertThat(key.getAlgorithm()).isEqualTo("XDH");

    byte[] before = scalar.clone();
    Arrays.fill(scalar, (byte) 0);
    assertThat(key.getScalar().orElseThrow()).isEqualTo(before);
  }

  @Test
  void makesPairsOfItsOwnSizeOnlyAndOnlyOnceItIsTold() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH", OURS);
    assertThatThrownBy(generator::generateKeyPair).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> generator.initialize(256))
        .isInstanceOf(InvalidParameterException.class);
    generator.initialize(255);
    assertThat(generator.generateKeyPair().getPublic()).isInstanceOf(X25519PublicKey.class);
  }

  @Test
  void leavesOtherCurvesToOthers() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH", OURS);
    assertThatThrownBy(() -> generator.initialize(NamedParameterSpec.X448))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
    KeyPairGenerator other = KeyPairGenerator.getInstance("XDH", JDKS);
    other.initialize(NamedParameterSpec.X448);
    KeyPair pair = other.generateKeyPair();
    assertThatThrownBy(() -> agreed(OURS, pair.getPrivate(), pair.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    KeyPair own = keyPair(OURS);
    assertThatThrownBy(() -> agreed(OURS, own.getPrivate(), pair.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    KeyAgreement ofOurs = KeyAgreement.getInstance("XDH", OURS);
    assertThatThrownBy(() -> ofOurs.init(own.getPrivate(), NamedParameterSpec.X448))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
    X25519Provider.install();
    try {
      KeyPairGenerator chosen = KeyPairGenerator.getInstance("XDH");
      chosen.initialize(NamedParameterSpec.X448);
      KeyPair mine = chosen.generateKeyPair();
      KeyAgreement agreement = KeyAgreement.getInstance("XDH");
      agreement.init(mine.getPrivate());
      agreement.doPhase(pair.getPublic(), true);
      assertThat(agreement.generateSecret()).hasSize(56);
    } finally {
      Security.removeProvider(OURS.getName());
    }
  }

  @Test
  void isChosenOnceInstalled() throws Exception {
    X25519Provider.install();
    X25519Provider.install();
    try {
      assertThat(Security.getProviders()[0].getName()).isEqualTo(OURS.getName());
      KeyPairGenerator chosen = KeyPairGenerator.getInstance("XDH");
      chosen.initialize(NamedParameterSpec.X25519);
      KeyPair pair = chosen.generateKeyPair();
      assertThat(pair.getPrivate()).isInstanceOf(X25519PrivateKey.class);
      KeyAgreement agreement = KeyAgreement.getInstance("XDH");
      agreement.init(pair.getPrivate());
      assertThat(agreement.getProvider().getName()).isEqualTo(OURS.getName());
    } finally {
      Security.removeProvider(OURS.getName());
    }
  }

  @Test
  void numbersKeepTheirOctets() {
    byte[] octets = octets("ff" + "00".repeat(30) + "7f");
    BigInteger number = LittleEndian.number(octets);
    assertThat(number.testBit(0)).isTrue();
    assertThat(LittleEndian.number(octets("0080"))).isEqualTo(0x8000);
    assertThat(LittleEndian.octets(number, 32)).isEqualTo(octets);
    assertThat(LittleEndian.octets(BigInteger.ONE, 32)).isEqualTo(octets("01" + "00".repeat(31)));
  }
}
