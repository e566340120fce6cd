package org.timeball.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.timeball.platform.process.UdpPorts;

class BindFailureTest {
  private static final int EACCES = -13;
  private static final int EADDRINUSE = -98;
  private static final int EADDRNOTAVAIL = -99;

  @TempDir private Path emptyProc;

  private String advice(int result, int port) {
    return BindFailure.advice(result, port, new UdpPorts(emptyProc));
  }

  @Test
  void saysHowToGetAPortBelow1024() {
    assertThat(advice(EACCES, 123))
        .contains("CAP_NET_BIND_SERVICE")
        .contains("AmbientCapabilities=")
        .contains("above 1023");
  }

  @Test
  void doesNotBlameThePortForARefusalAboveIt() {
    assertThat(advice(EACCES, 11_123)).isEmpty();
  }

  @Test
  void saysHowToFindTheHolderOfAPortWhenItCannotSeeIt() {
    assertThat(advice(EADDRINUSE, 123)).contains("ss -lunp sport = :123").contains("Stop what");
  }

  @Test
  void saysWhereToLookForAnAddressThatIsNotHere() {
    assertThat(advice(EADDRNOTAVAIL, 123)).contains("ip address");
  }
}
