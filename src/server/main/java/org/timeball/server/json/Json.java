package org.timeball.server.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes a value as one line of JSON (RFC 8259). A record becomes an object whose keys are its
 * components in snake case; an enum its name in lower case; an absent Optional and a number that is
 * not finite become null. Anything that has no form of its own is written as its text.
 */
public final class Json {
  private Json() {}

  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /**
   * Reads one JSON value: objects as Map, arrays as List, whole numbers as Long, others as Double,
   * null as null.
   *
   * @throws JsonException with the place of the mistake
   */
  public static Object read(String text) throws JsonException {
    return new JsonReader(text).document();
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case null -> out.append("null");
      case String text -> appendText(out, text);
      case Boolean flag -> out.append(flag);
      case Double number -> out.append(Double.isFinite(number) ? number.toString() : "null");
      case Number number -> out.append(number);
      case Enum<?> constant -> appendText(out, constant.name().toLowerCase(Locale.ROOT));
      case Optional<?> optional -> append(out, optional.orElse(null));
      case OptionalInt optional -> append(out, optional.isPresent() ? optional.getAsInt() : null);
      case OptionalLong optional -> append(out, optional.isPresent() ? optional.getAsLong() : null);
      case OptionalDouble optional ->
          append(out, optional.isPresent() ? optional.getAsDouble() : null);
      case Map<?, ?> map -> appendMap(out, map);
      case Iterable<?> items -> appendItems(out, items);
      case Record record -> appendRecord(out, record);
      default -> appendText(out, value.toString());
    }
  }

  private static void appendRecord(StringBuilder out, Record record) {
    out.append('{');
    String separator = "";
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      out.append(separator);
      appendText(out, snakeCase(component.getName()));
      out.append(':');
      append(out, valueOf(record, component));
      separator = ",";
    }
    out.append('}');
  }

  private static Object valueOf(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a record whose components cannot be read: " + record, e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a record's accessor failed: " + component, e);
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      appendText(out, entry.getKey().toString());
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void appendItems(StringBuilder out, Iterable<?> items) {
    out.append('[');
    for (Iterator<?> i = items.iterator(); i.hasNext(); ) {
      append(out, i.next());
      if (i.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) || c == 0x7F) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static String snakeCase(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append('_');
      }
      out.append(Character.toLowerCase(c));
    }
    return out.toString();
  }
}
