package org.timeball.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first of the README's two commands, seen by clients that nobody here wrote. */
@Tag("slow")
final class DemoTest {
  private static final double HUNDRED_MICROSECONDS = 100e-6;
  private static final long HUNDRED_MEBIBYTES = 100L << 20;

  @TempDir private Path folder;

  @Test
  void becomesAStratumOneServerThatOtherPeoplesClientsAgreeWith() throws Exception {
    try (Demo demo = Demo.start(120, folder)) {
      demo.awaitLine(Demo.event("listening"));
      demo.awaitLine(Demo.event("ready"));
      demo.awaitLine(Demo.after(30));
      ForeignClient.Answer answer = ForeignClient.ntplib(demo.port());

      assertThat(answer.stratum()).isEqualTo(1);
      assertThat(answer.leap()).isZero();
      assertThat(answer.referenceId()).isEqualTo("SIM");
      assertThat(answer.offset()).isCloseTo(0, within(HUNDRED_MICROSECONDS));
      assertThat(ForeignClient.chronyd(demo.port())).isCloseTo(0, within(HUNDRED_MICROSECONDS));
      assertThat(demo.residentOctets()).isLessThan(HUNDRED_MEBIBYTES);
    }
  }
}
