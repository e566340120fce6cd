package org.timeball.spi;

import java.util.List;

/**
 * One setting that a driver understands, in its table of the configuration.
 *
 * @param key name in the file: lower-case words joined with hyphens
 * @param type how the value is written and checked
 * @param defaultValue as it would be written in the file, without quotation marks, lists with
 *     commas between; {@code null} if the setting is required, empty if there is none
 * @param choices for {@link Type#CHOICE}: the words allowed
 * @param summary one sentence for people, with unit and range
 */
public record Setting(
    String key, Type type, String defaultValue, List<String> choices, String summary) {
  public Setting {
    choices = List.copyOf(choices);
  }

  /** A setting that must be written. */
  public static Setting required(String key, Type type, String summary) {
    return new Setting(key, type, null, List.of(), summary);
  }

  /** A setting that may be left out. */
  public static Setting optional(String key, Type type, String defaultValue, String summary) {
    return new Setting(key, type, defaultValue, List.of(), summary);
  }

  /** One of the words given, the first of which is the default. */
  public static Setting choice(String key, List<String> choices, String summary) {
    return new Setting(key, Type.CHOICE, choices.getFirst(), choices, summary);
  }

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
    /** A list of texts. */
    TEXTS,
    CHOICE
  }
}
