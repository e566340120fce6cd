package org.timeball.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.timeball.checks.Project;

/** Does what {@code scripts/format} would do, and looks whether anything changed. */
final class GoogleJavaFormatTest {
  @Test
  void everyJavaFileIsFormatted() {
    List<String> unformatted =
        Project.files(".java").parallelStream()
            .filter(file -> !isFormatted(Project.text(file), file))
            .map(Project::name)
            .toList();

    assertThat(unformatted).as("run scripts/format").isEmpty();
  }

  @Test
  void anUnformattedFileIsNoticed() {
    assertThat(isFormatted("class A {\n  int b;\n}\n", Path.of("A.java"))).isTrue();
    assertThat(isFormatted("class A { int b; }\n", Path.of("A.java"))).isFalse();
    assertThat(isFormatted("import java.util.List;\n\nclass A {}\n", Path.of("A.java"))).isFalse();
  }

  private static boolean isFormatted(String text, Path file) {
    try {
      String formatted = new Formatter().formatSource(text);
      formatted = RemoveUnusedImports.removeUnusedImports(formatted);
      formatted = ImportOrderer.reorderImports(formatted, Style.GOOGLE);
      return StringWrapper.wrap(formatted, new Formatter()).equals(text);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + " cannot be read as Java", e);
    }
  }
}
