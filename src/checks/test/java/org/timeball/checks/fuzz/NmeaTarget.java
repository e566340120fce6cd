package org.timeball.checks.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.timeball.driver.nmea.NmeaProvider;
import org.timeball.spi.Label;
import org.timeball.testkit.Chunking;
import org.timeball.testkit.Recording;
import org.timeball.testkit.Replay;

/** What a receiver says. */
final class NmeaTarget implements FuzzTarget {
  private static final int MOST = 4_096;

  @Override
  public String name() {
    return "nmea";
  }

  @Override
  public String promise() {
    return "yields the same labels however its octets are cut";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        latin1("$GNRMC,120000.00,A,4656.88,N,00726.64,E,0.0,,231126,,,A*6B\r\n"),
        latin1(
            """
            $GPZDA,120001.00,23,11,2026,00,00*68\r
            $GPGGA,120001.00,4656.88,N,00726.64,E,1,09,0.9,550.0,M,47.0,M,,*5D\r
            $GPGSA,A,3,01,02,03,04,05,06,07,08,09,,,,1.5,0.9,1.2*3A\r
            """),
        latin1("$GPGSV,3,1,09,01,40,083,46,02,17,308,41,12,07,344,39,14,22,228,45*7C\r\n"),
        Packets.joined(
            Packets.octets("b562010600"),
            latin1("\r\n$GNRMC,235960.00,A,,,,,,,311216,,,A*6E\r\n")));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void accept(byte[] octets) {
    if (octets.length > MOST) {
      return;
    }
    Promise.kept(
        labels(octets, Chunking.of(1)).equals(labels(octets, Chunking.of(MOST))),
        "other labels when the octets come in one piece");
  }

  private static List<String> labels(byte[] octets, Chunking chunking) {
    return new Replay(new NmeaProvider())
        .chunking(chunking).run(Recording.raw("fuzzed", octets)).labels().stream()
            .map(Label::toString)
            .toList();
  }
}
