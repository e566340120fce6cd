package org.timeball.core.nts;

import java.util.Objects;

/**
 * A stretch of a byte array: a window that can be moved, so that the packet path needs no new one
 * for each packet. Belongs to one thread.
 */
public final class Octets {
  private byte[] array;
  private int at;
  private int length;

  private Octets(byte[] array, int at, int length) {
    set(array, at, length);
  }

  /** The whole array. */
  public static Octets of(byte... array) {
    return new Octets(array, 0, array.length);
  }

  /** A stretch of it. */
  public static Octets of(byte[] array, int at, int length) {
    return new Octets(array, at, length);
  }

  /**
   * Moves the window.
   *
   * @throws IndexOutOfBoundsException if the array has no such stretch
   */
  public Octets set(byte[] newArray, int newAt, int newLength) {
    Objects.checkFromIndexSize(newAt, newLength, newArray.length);
    array = newArray;
    at = newAt;
    length = newLength;
    return this;
  }

  /** What the window is on: shared, not copied. */
  public byte[] array() {
    return array;
  }

  /** Where the window begins. */
  public int at() {
    return at;
  }

  /** How long it is. */
  public int length() {
    return length;
  }
}
