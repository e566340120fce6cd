package org.timeball.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {
  @Test
  void theEnvironmentNamesThem() {
    assertThat(Corpora.root(Map.of("TIMEBALL_CORPORA", "/logs"), Path.of("/anywhere")))
        .isEqualTo(Path.of("/logs"));
  }

  @Test
  void otherwiseTheyLieBesideTheCheckout(@TempDir Path directory) throws IOException {
    Path room = Files.createDirectories(directory.resolve("timeball/src/core"));
    Files.createDirectories(directory.resolve("timeball/drivers"));
    Files.createFile(directory.resolve("timeball/drivers/pom.xml"));
    assertThat(Corpora.root(Map.of("TIMEBALL_CORPORA", ""), room))
        .isEqualTo(directory.resolve("shared/corpora"));
  }
}
