package org.timeball.server.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON document (RFC 8259) from text that may come from anyone. */
final class JsonReader {
  /** Deeper nesting than any message here has; bounds the stack. */
  private static final int DEEPEST = 32;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  Object document() throws JsonException {
    Object value = value();
    skipSpace();
    if (at < text.length()) {
      throw wrong("something follows the value");
    }
    return value;
  }

  private Object value() throws JsonException {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() throws JsonException {
    descend();
    Map<String, Object> map = new LinkedHashMap<>();
    skipSpace();
    if (!accept('}')) {
      do {
        skipSpace();
        String key = string();
        skipSpace();
        expect(':');
        if (map.containsKey(key)) {
          throw wrong("the key '" + key + "' stands twice");
        }
        map.put(key, value());
        skipSpace();
      } while (accept(','));
      expect('}');
    }
    depth--;
    return map;
  }

  private List<Object> array() throws JsonException {
    descend();
    List<Object> items = new ArrayList<>();
    skipSpace();
    if (!accept(']')) {
      do {
        items.add(value());
        skipSpace();
      } while (accept(','));
      expect(']');
    }
    depth--;
    return items;
  }

  private void descend() throws JsonException {
    at++;
    if (++depth > DEEPEST) {
      throw wrong("nested deeper than " + DEEPEST);
    }
  }

  private String string() throws JsonException {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < 0x20) {
        throw wrong("a control character inside a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() throws JsonException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw wrong("unknown escape '\\" + c + "'");
    };
  }

  private char unicode() throws JsonException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw wrong("four hexadecimal digits follow \\u");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private Object word(String word, Object value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw wrong("no value begins like this");
    }
    at += word.length();
    return value;
  }

  private Object number() throws JsonException {
    int from = at;
    while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw wrong("no value begins like this");
    }
    if (digits.matches("-?[0-9]+")) {
      try {
        return Long.valueOf(digits);
      } catch (NumberFormatException e) {
        // Larger than any count or time here; near enough is good enough.
        return Double.valueOf(digits);
      }
    }
    return Double.valueOf(digits);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws JsonException {
    if (at >= text.length()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at);
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws JsonException {
    if (!accept(c)) {
      throw wrong("expected '" + c + "'");
    }
  }

  private JsonException wrong(String what) {
    return new JsonException("not JSON at character " + (at + 1) + ": " + what);
  }
}
