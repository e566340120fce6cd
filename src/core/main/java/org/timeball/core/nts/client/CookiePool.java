package org.timeball.core.nts.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.timeball.core.nts.ke.KeClient;

/** The cookies of one server that were not used yet, the oldest first. */
final class CookiePool {
  /** How many there should be (RFC 8915, section 5.7). */
  static final int FULL = KeClient.MOST_COOKIES;

  private final Deque<byte[]> cookies = new ArrayDeque<>();

  /** Takes new ones in; those that fit into no request, and those that are too many, are let go. */
  void add(List<byte[]> fresh) {
    for (byte[] cookie : fresh) {
      if (KeClient.isUsable(cookie.length) && cookies.size() < FULL) {
        cookies.addLast(cookie);
      }
    }
  }

  /**
   * The oldest, which is not here any more.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  byte[] take() {
    return cookies.removeFirst();
  }

  /** Takes the newest out. */
  List<byte[]> takeNewest(int count) {
    List<byte[]> newest = new ArrayList<>();
    while (newest.size() < count && !cookies.isEmpty()) {
      newest.add(cookies.removeLast());
    }
    return newest;
  }

  void clear() {
    cookies.clear();
  }

  boolean isEmpty() {
    return cookies.isEmpty();
  }

  int size() {
    return cookies.size();
  }

  List<byte[]> all() {
    return List.copyOf(cookies);
  }
}
