package org.timeball.spi;

import java.util.List;

/**
 * One setting that a driver understands, in its table of the configuration.
 *
 * @param key name in the file: lower-case words joined with hyphens
 * @param type how the value is written and checked
 * @param defaultValue as it would be written in the file; {@code null} if the setting is required,
 *     empty if there is none
 * @param choices for {@link Type#CHOICE}: the words allowed
 * @param summary one sentence for people, with unit and range
 */
public record Setting(
    String key, Type type, String defaultValue, List<String> choices, String summary) {
  /** How a value is written. */
  public enum Type {
    TEXT,
    /** A whole number. */
    INTEGER,
    /** A number of seconds, or text with a unit such as {@code "100 ms"}. */
    DURATION,
    BOOLEAN,
    /** A calendar day, {@code 2026-11-23}. */
    DATE,
    /** A list of whole numbers. */
    INTEGERS,
    CHOICE
  }
}
