package org.timeball.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of the file while it is read. A mistake is noted and reading goes on, so that the
 * operator hears of all mistakes at once.
 */
final class Table {
  private final String file;
  private final String title;
  private final TomlTable toml;
  private final TomlPosition position;
  private final List<Problem> problems;

  private Table(
      String file, String title, TomlTable toml, TomlPosition position, List<Problem> problems) {
    this.file = file;
    this.title = title;
    this.toml = toml;
    this.position = position;
    this.problems = problems;
  }

  /** The whole file. */
  static Table root(String file, TomlTable toml, List<Problem> problems) {
    return new Table(file, "", toml, TomlPosition.positionAt(1, 1), problems);
  }

  /** Whether the table says anything about this key. */
  boolean has(String key) {
    return toml.contains(List.of(key));
  }

  /** The value, or the key's default. */
  <T> T get(Key<T> key) {
    Object value = toml.get(List.of(key.name()));
    if (value == null) {
      return key.fallback();
    }
    try {
      return key.reader().read(value);
    } catch (BadValue e) {
      problem(key.name(), key.name() + ": " + e.getMessage());
      return key.fallback();
    }
  }

  /** The value, or empty if the key is absent or wrong. */
  <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable(get(key));
  }

  /** The value of a key that must be there; empty after a mistake was noted. */
  <T> Optional<T> require(Key<T> key) {
    if (!has(key.name())) {
      problem("%s needs the key '%s'".formatted(title, key.name()));
      return Optional.empty();
    }
    return find(key);
  }

  /** A table inside this one; absent counts as empty. */
  Optional<Table> table(String key) {
    Object value = toml.get(List.of(key));
    if (value instanceof TomlTable inner) {
      return Optional.of(new Table(file, titleOf(key), inner, positionOf(key), problems));
    }
    if (value != null) {
      problem(key, "'%s' is a table: write [%s] on a line of its own".formatted(key, key));
    }
    return Optional.empty();
  }

  /** The tables written {@code [[key]]}, in the order of the file. */
  List<Table> tables(String key) {
    Object value = toml.get(List.of(key));
    List<Table> tables = new ArrayList<>();
    if (value instanceof TomlArray array && !array.isEmpty() && array.get(0) instanceof TomlTable) {
      for (int i = 0; i < array.size(); i++) {
        tables.add(
            new Table(
                file, "[[" + key + "]]", array.getTable(i), array.inputPositionOf(i), problems));
      }
    } else if (value != null) {
      problem(key, "there may be several of '%s': write [[%s]]".formatted(key, key));
    }
    return tables;
  }

  /** Notes every key that is not among those known, and every one that is not obeyed yet. */
  void refuseAllBut(List<Key<?>> known) {
    for (String name : toml.keySet()) {
      Optional<Key<?>> key = known.stream().filter(k -> k.name().equals(name)).findFirst();
      if (key.isEmpty()) {
        problem(name, unknown(name, known));
      } else if (key.get().isPlanned()) {
        problem(
            name,
            "'%s' is for %s, which this version cannot do yet; remove it"
                .formatted(name, key.get().planned()));
      }
    }
  }

  private String unknown(String name, List<Key<?>> known) {
    List<String> names = known.stream().map(Key::name).sorted().collect(Collectors.toList());
    String suggestion = Suggestion.among(names, name);
    String where = title.isEmpty() ? "the file" : title;
    return "%s has no key '%s'%s"
        .formatted(
            where,
            name,
            suggestion.isEmpty() ? "; it knows " + String.join(", ", names) : suggestion);
  }

  /** Notes a mistake of the table as a whole. */
  void problem(String message) {
    problems.add(new Problem(file, position.line(), position.column(), message));
  }

  /** Notes a mistake at one key. */
  void problem(String key, String message) {
    TomlPosition at = positionOf(key);
    problems.add(new Problem(file, at.line(), at.column(), message));
  }

  private TomlPosition positionOf(String key) {
    TomlPosition at = toml.inputPositionOf(List.of(key));
    return at == null ? position : at;
  }

  private String titleOf(String key) {
    return title.isEmpty() ? "[" + key + "]" : "'" + key + "' of " + title;
  }

  /** The line in the file, for messages that point at another place. */
  int line() {
    return position.line();
  }
}
