package org.timeball.checks.fuzz;

import java.util.List;
import org.timeball.core.keys.KeyFile;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.crypto.KeyRing;

/** A file of symmetric keys. */
final class KeyFileTarget implements FuzzTarget {
  private static final String SECRET = "c0ffee".repeat(5);

  @Override
  public String name() {
    return "key-file";
  }

  @Override
  public String promise() {
    return "gives keys that work, or sentences that tell no secret";
  }

  @Override
  public List<byte[]> seeds() {
    return Packets.texts(
        "1 SHA1 HEX:" + SECRET + "0badcafe" + "0badcafe" + "00\n2 MD5 ASCII:correcthorse\n",
        "# ntpd's form\n10 AES128CMAC 0123456789abcdef0123456789abcdef # trusted\n11 M secret\n",
        "4294967295 AES256 HEX:" + "ab".repeat(32) + "\n7 SHA512 HEX:" + "cd".repeat(64) + "\n",
        "12 SHA256 two words\n");
  }

  @Override
  public void accept(byte[] octets) {
    KeyFile file = KeyFile.parse(Packets.text(octets));
    Promise.kept(file.problems().isEmpty() || file.keys().isEmpty(), "half a file was taken");
    for (KeyFile.Remark remark : file.problems()) {
      Promise.kept(remark.line() > 0, "a problem without a line");
    }
    KeyRing ring = new KeyRing(file.keys());
    for (SymmetricKey key : file.keys()) {
      Promise.kept(ring.find((int) key.id()) != null, "key " + key.id() + " is not found");
      Promise.kept(!key.toString().contains(SECRET.substring(0, 8)), "told a secret");
    }
  }
}
