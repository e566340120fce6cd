package org.timeball.server.config;

/** Turns one TOML value into what a key means, or says what is wrong with it. */
@FunctionalInterface
interface ValueReader<T> {
  /**
   * Reads one value.
   *
   * @param value as the TOML parser gave it: String, Long, Double, Boolean, LocalDate, TomlArray …
   */
  T read(Object value) throws BadValue;
}
