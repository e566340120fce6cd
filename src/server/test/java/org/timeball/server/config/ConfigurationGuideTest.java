package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares docs/configuration.md with the program. */
class ConfigurationGuideTest {
  private static final Path GUIDE = Path.of("../../docs/configuration.md");
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## `\\[+([a-z]+)]+`$(.*?)(?=^## |\\z)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|(.*)$");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```toml$(.*?)^```$");

  @Test
  void theGuideListsExactlyTheKeysOfEachTable() throws IOException {
    String guide = Files.readString(GUIDE);
    List<String> tables = new ArrayList<>();
    for (MatchResult section : SECTION.matcher(guide).results().toList()) {
      String table = section.group(1);
      tables.add(table);
      List<String> rows = ROW.matcher(section.group(2)).results().map(row -> row.group(1)).toList();
      assertThat(rows)
          .as("keys of [%s]", table)
          .containsExactlyInAnyOrderElementsOf(
              Schema.TABLES.get(table).stream().map(Key::name).toList());
    }
    assertThat(tables).containsExactlyElementsOf(Schema.TABLES.keySet());
  }

  @Test
  void theGuideMarksExactlyTheKeysThatAreRefusedAsPlanned() throws IOException {
    String guide = Files.readString(GUIDE);
    for (MatchResult section : SECTION.matcher(guide).results().toList()) {
      List<String> marked =
          ROW.matcher(section.group(2))
              .results()
              .filter(row -> row.group(2).contains("*planned*"))
              .map(row -> row.group(1))
              .toList();
      assertThat(marked)
          .containsExactlyInAnyOrderElementsOf(
              Schema.TABLES.get(section.group(1)).stream()
                  .filter(Key::isPlanned)
                  .map(Key::name)
                  .toList());
    }
  }

  @Test
  void everyExampleInTheGuideIsGood() throws Exception {
    ConfigurationFile reader =
        new ConfigurationFile(
            new Drivers(List.of(new GuideDriver("nmea"), new GuideDriver("pps"))),
            LocalDate.of(2026, 11, 23));
    List<String> examples =
        EXAMPLE.matcher(Files.readString(GUIDE)).results().map(e -> e.group(1)).toList();

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      reader.parse("docs/configuration.md", example);
    }
  }
}
