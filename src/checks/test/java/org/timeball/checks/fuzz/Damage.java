package org.timeball.checks.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages octets as lines, disks and people of ill will do; the same each time from one seed. */
final class Damage {
  private static final int MOST_CHANGES = 6;
  private static final int[] LENGTHS_THAT_HURT = {0, 1, 4, 16, 28, 36, 104, 0x7FFF, 0x8000, 0xFFFF};

  private final SplittableRandom random;

  Damage(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A damaged copy of one of them. */
  byte[] of(List<byte[]> good) {
    byte[] octets = pick(good).clone();
    for (int changes = random.nextInt(1, MOST_CHANGES); changes > 0; changes--) {
      octets =
          switch (random.nextInt(7)) {
            case 0 -> cut(octets);
            case 1 -> repeated(octets);
            case 2 -> spliced(octets, pick(good));
            case 3 -> withLength(octets);
            case 4 -> withOctet(octets);
            default -> withBitFlipped(octets);
          };
    }
    return octets;
  }

  private byte[] pick(List<byte[]> good) {
    return good.get(random.nextInt(good.size()));
  }

  private int place(byte[] octets) {
    return random.nextInt(octets.length + 1);
  }

  private byte[] cut(byte[] octets) {
    return Arrays.copyOf(octets, place(octets));
  }

  private byte[] repeated(byte[] octets) {
    int from = place(octets);
    int to = Math.min(octets.length, from + random.nextInt(1, 64));
    return Packets.joined(
        Arrays.copyOf(octets, to), Arrays.copyOfRange(octets, from, octets.length));
  }

  private byte[] spliced(byte[] octets, byte[] other) {
    int at = place(other);
    return Packets.joined(cut(octets), Arrays.copyOfRange(other, at, other.length));
  }

  private byte[] withLength(byte[] octets) {
    if (octets.length < 2) {
      return octets;
    }
    int at = random.nextInt(octets.length - 1) & ~1;
    int length = LENGTHS_THAT_HURT[random.nextInt(LENGTHS_THAT_HURT.length)];
    octets[at] = (byte) (length >> 8);
    octets[at + 1] = (byte) length;
    return octets;
  }

  private byte[] withOctet(byte[] octets) {
    if (octets.length > 0) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
    }
    return octets;
  }

  private byte[] withBitFlipped(byte[] octets) {
    if (octets.length > 0) {
      octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return octets;
  }
}
