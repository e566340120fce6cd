package org.timeball.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.checks.Project;

final class LinksTest {
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  @TempDir private Path folder;

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() {
    assertThat(Project.files(".md").stream().flatMap(file -> brokenLinks(file).stream())).isEmpty();
  }

  @Test
  void aBrokenLinkIsNoticed() throws Exception {
    Files.writeString(folder.resolve("there.md"), "# The *first* heading: one\n");
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            [good](there.md) [good](there.md#the-first-heading-one) [far](https://example.org)
            `[code](nowhere.md)` [bad](nowhere.md) [bad](there.md#no-such-heading)
            """);

    assertThat(brokenLinks(page)).hasSize(2);
  }

  private static List<String> brokenLinks(Path file) {
    List<String> broken = new ArrayList<>();
    Matcher links = LINK.matcher(CODE.matcher(Project.text(file)).replaceAll(""));
    while (links.find()) {
      String link = links.group(1);
      if (!link.matches("(https?|mailto):.*") && !leadsSomewhere(file, link)) {
        broken.add(file + ": " + link);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path file, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    return Files.exists(target) && (hash < 0 || hasHeading(target, link.substring(hash + 1)));
  }

  /** Whether a page has this heading, named as the usual code hosts name it. */
  private static boolean hasHeading(Path page, String anchor) {
    return HEADING
        .matcher(Project.text(page))
        .results()
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .anyMatch(anchor::equals);
  }
}
