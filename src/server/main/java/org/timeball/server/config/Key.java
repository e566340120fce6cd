package org.timeball.server.config;

/**
 * One key of a table: its name, how its value is read, and what holds when it is absent.
 *
 * @param name as written in the file
 * @param reader checks a value and turns it into what it means
 * @param fallback what holds when the key is absent; {@code null} where absence means something of
 *     its own
 * @param planned empty, or what the key will do in a later version: then it is refused
 */
record Key<T>(String name, ValueReader<T> reader, T fallback, String planned) {
  /** A key with a default. */
  static <T> Key<T> of(String name, T fallback, ValueReader<T> reader) {
    return new Key<>(name, reader, fallback, "");
  }

  /** A key without a default. */
  static <T> Key<T> of(String name, ValueReader<T> reader) {
    return new Key<>(name, reader, null, "");
  }

  /** A key whose place in the file is settled but which this version cannot obey yet. */
  static Key<Object> planned(String name, String purpose) {
    return new Key<>(name, value -> value, null, purpose);
  }

  boolean isPlanned() {
    return !planned.isEmpty();
  }
}
