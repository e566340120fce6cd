package org.timeball.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.timeball.checks.Project;

/**
 * Every target with its seeds, with what {@code scripts/fuzz} ever found, and with damaged copies
 * of both. A failure shows the octets in hexadecimal: put them into a file in {@code
 * src/checks/test/resources/fuzz/NAME} when it is mended.
 */
class FuzzTargetsTest {
  private static final int DAMAGED = 1_000;

  static final List<String> TARGETS = FuzzTargets.NAMES;

  @ParameterizedTest
  @FieldSource("TARGETS")
  void keepsItsPromiseWhateverItIsGiven(String name) throws IOException {
    FuzzTarget target = FuzzTargets.named(name);
    List<byte[]> good = new ArrayList<>(target.seeds());
    good.addAll(Findings.of(name));
    for (byte[] octets : good) {
      tryOn(target, octets.clone());
    }
    Damage damage = new Damage(42);
    for (int i = 0; i < DAMAGED; i++) {
      tryOn(target, damage.of(good));
    }
    tryOn(target, new byte[0]);
  }

  @Test
  void everyFolderOfFindingsIsOfATarget() {
    assertThat(Project.folders(Findings.FOLDER))
        .allSatisfy(folder -> assertThat(TARGETS).contains(folder.getFileName().toString()));
  }

  @Test
  void tellsWhichOctetsBrokeAPromise() {
    FuzzTarget naive =
        new FuzzTarget() {
          @Override
          public String name() {
            return "naive";
          }

          @Override
          public String promise() {
            return "takes at least two octets for granted";
          }

          @Override
          public List<byte[]> seeds() {
            return List.of();
          }

          @Override
          public void accept(byte[] octets) {
            assertThat(octets[1]).isZero();
          }
        };
    assertThatThrownBy(() -> tryOn(naive, new byte[] {0x5A}))
        .hasMessageContaining("naive")
        .hasMessageContaining("5a");
  }

  private static void tryOn(FuzzTarget target, byte[] octets) {
    byte[] given = octets.clone();
    try {
      target.accept(octets);
    } catch (Throwable e) {
      throw new AssertionError(
          "%s broke its promise (%s) with %s"
              .formatted(target.name(), target.promise(), HexFormat.of().formatHex(given)),
          e);
    }
  }
}
