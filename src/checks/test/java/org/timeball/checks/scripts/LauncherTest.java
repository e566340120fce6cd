package org.timeball.checks.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {
  private static final String BUILDING = "building from source";

  @TempDir private Path folder;
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FakeMachine(folder);
  }

  @Test
  void buildsOnFirstUseAndOnlyThen() throws Exception {
    machine.withJdk().withMaven();

    assertThat(machine.launch("version").output()).contains(BUILDING).contains("[version]");
    assertThat(machine.launch("version").output()).doesNotContain(BUILDING).contains("[version]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/core/main/java/A.java", "pom.xml", "src/core/main/java/New.java"})
  void buildsAgainAfterAChangeOfWhatRuns(String source) throws Exception {
    machine.withJdk().withMaven().launch("version");

    machine.change(source);

    assertThat(machine.launch("version").output()).contains(BUILDING);
  }

  @Test
  void buildsADriverThatCameLater() throws Exception {
    machine.withJdk().withMaven().launch("version");

    Files.createDirectories(machine.tree.resolve("drivers/beacon"));
    machine.change("drivers/beacon/pom.xml");

    assertThat(machine.launch("version").output()).contains(BUILDING);
  }

  @Test
  void doesNotBuildAgainAfterAChangeOfATest() throws Exception {
    machine.withJdk().withMaven().launch("version");

    machine.change("src/core/test/B.java");

    assertThat(machine.launch("version").output()).doesNotContain(BUILDING);
  }

  @Test
  void handsEveryArgumentOnAsItIs() throws Exception {
    Script.Result result =
        machine.withJdk().withMaven().launch("run", "--config", "a file.toml", "$HOME", "");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .endsWith("[org.timeball.cli.Main]\n[run]\n[--config]\n[a file.toml]\n[$HOME]\n[]\n");
  }

  @Test
  void unpacksNativeLibrariesWhereNobodyElseCanWrite() throws Exception {
    String output = machine.withJdk().withMaven().launch("version").output();

    Path unpacked = machine.cache().resolve("timeball/tmp");
    assertThat(output).contains("[-Djava.io.tmpdir=" + unpacked + "]");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
        .isEqualTo("rwx------");
  }

  @Test
  void startsFromClassesThatWereMadeReadyAfterTheBuild() throws Exception {
    machine.withJdk().withMaven();
    FakeMachine.executable(
        machine.places.resolve("jdk-25/bin/java"),
        "for a in \"$@\"; do case $a in -XX:ArchiveClassesAtExit=*) echo x >\"${a#*=}\";; esac;"
            + " echo \"[$a]\"; done");

    for (int launch = 0; launch < 2; launch++) {
      assertThat(machine.launch("version").output())
          .contains("[-XX:SharedArchiveFile=")
          .doesNotContain("ArchiveClassesAtExit");
    }
  }

  @Test
  void startsWithoutReadyClassesWhereTheyCouldNotBeMade() throws Exception {
    String output = machine.withJdk().withMaven().launch("version").output();

    assertThat(output).doesNotContain("SharedArchiveFile").endsWith("[version]\n");
  }

  @Test
  void showsTheErrorsOfABuildThatFails() throws Exception {
    machine.withJdk().withTool("mvn", "echo '[ERROR] A.java:[1] no such word'; exit 1");

    Script.Result result = machine.launch("version");

    assertThat(result.exitCode()).isEqualTo(70);
    assertThat(result.output()).contains("A.java:[1] no such word", "build.log");
  }

  @Test
  void saysWhatToDoWhereThereIsNoJava() throws Exception {
    Script.Result result = machine.withMaven().launch("version");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.output())
        .contains("no JDK 25 or newer was found", "sudo apt install", "JAVA_HOME");
  }

  @Test
  void saysWhatToDoWhereThereIsNoMaven() throws Exception {
    Script.Result result = machine.withJdk().launch("version");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.output()).contains("Maven (mvn) was not found");
  }

  @Test
  void installsJavaWhereTheDistributionHasItAndWeAreRoot() throws Exception {
    String makeJdk =
        "case \" $* \" in *' openjdk-25-jdk-headless '*) cd '%s'; mkdir -p jdk-25/bin;"
                .formatted(machine.places)
            + " echo 'JAVA_VERSION=\"25\"' >jdk-25/release;"
            + " for p in java javac; do printf '#!/usr/bin/env bash\\necho ran\\n' >jdk-25/bin/$p;"
            + " chmod +x jdk-25/bin/$p; done;; esac";
    machine
        .withMaven()
        .withTool("id", "echo 0")
        .withTool("apt-cache", "echo '  Candidate: 25.0.3+9-1'")
        .withTool("apt-get", makeJdk);

    Script.Result result = machine.launch("version");

    assertThat(result.output())
        .contains("installing openjdk-25-jdk-headless with apt-get: Timeball needs Java 25")
        .endsWith("ran\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void installsNothingWhereTheDistributionHasNoSuchJava() throws Exception {
    machine
        .withMaven()
        .withTool("id", "echo 0")
        .withTool("apt-cache", "echo '  Candidate: (none)'")
        .withTool("apt-get", "case \" $* \" in *' install '*) echo INSTALLED;; esac");

    Script.Result result = machine.launch("version");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.output()).doesNotContain("INSTALLED").contains("no JDK 25");
  }
}
