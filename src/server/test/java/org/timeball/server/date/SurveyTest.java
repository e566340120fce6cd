package org.timeball.server.date;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.timeball.core.date.DateDecision;
import org.timeball.core.date.DateDecision.Finding;
import org.timeball.core.date.Testimony;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Fate;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.UserClock;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.fake.FakeServer;
import org.timeball.server.report.DateText;
import org.timeball.time.Leap;

/** Setting the clock once by servers that lie, are silent, refuse and agree. */
@Timeout(60)
class SurveyTest {
  private static final double YEAR = 365.25 * 86_400;

  /** 2026-01-01T00:00:00Z. */
  private static final long FLOOR = 1_767_225_600L * 1_000_000_000L;

  private final List<FakeServer> servers = new ArrayList<>();
  private final HostClock clock = UserClock.startingAtRealtime();

  @AfterEach
  void end() {
    servers.forEach(FakeServer::close);
    clock.close();
  }

  private FakeServer server() throws IOException {
    FakeServer server = new FakeServer();
    servers.add(server);
    return server;
  }

  private Finding ask(int count, int minimumSources) throws InterruptedException {
    Survey survey = new Survey(clock, new KernelRandom(), FLOOR, count, 1, 500);
    List<AskedServer> asked = new ArrayList<>();
    for (FakeServer server : servers) {
      asked.add(
          new AskedServer("s" + asked.size(), "127.0.0.1", server.port(), 4, 0, PacketKeys.NONE));
    }
    return DateDecision.of(survey.ask(asked), clock.read(), FLOOR, minimumSources);
  }

  /** A root dispersion of one second. */
  private static void vague(ByteBuffer packet) {
    NtpHeader.rootDispersion(packet, 0, 1 << 16);
  }

  private Finding ask() throws InterruptedException {
    return ask(3, 1);
  }

  @Test
  void aClockThatIsWrongIsToBeSetToWhatTheMajoritySays() throws Exception {
    // Bounds wide enough for whatever keeps this process waiting.
    server().wrongBy(3600).bends(SurveyTest::vague);
    server().wrongBy(-7).bends(SurveyTest::vague);
    server().wrongBy(3600).bends(SurveyTest::vague);
    Finding finding = ask();

    DateDecision.Set set = (DateDecision.Set) finding.decision();
    assertThat(set.offset()).isCloseTo(3600, within(set.bound()));
    assertThat(finding.servers()).extracting(Testimony::agrees).containsExactly(true, false, true);
    assertThat(finding.agreeing()).isEqualTo(2);
    assertThat(servers.getFirst().requests()).hasSize(3);
    assertThat(DateText.line(finding.servers().get(1))).contains("disagrees with the majority");
    assertThat(DateText.sentence(finding, true))
        .startsWith("Would set the clock forward by 3600.0")
        .endsWith("2 of 3 servers agree.");

    clock.step(set.step(clock.read()));

    assertThat(ask().decision()).isInstanceOf(DateDecision.Keep.class);
  }

  @Test
  void aClockThatIsRightIsLeftAlone() throws Exception {
    server().bends(SurveyTest::vague);

    assertThat(ask().decision()).isInstanceOf(DateDecision.Keep.class);
  }

  @Test
  void twoThatDisagreeSetNothing() throws Exception {
    server().wrongBy(100);
    server().wrongBy(200);
    Finding finding = ask();

    assertThat(finding.decision()).isInstanceOf(DateDecision.Refuse.class);
    assertThat(DateText.sentence(finding, false)).contains("the servers disagree");
  }

  @Test
  void aTimeBeforeTheBuildSetsNothing() throws Exception {
    server().wrongBy(-30 * YEAR);
    Finding finding = ask();

    assertThat(finding.decision()).isInstanceOf(DateDecision.Refuse.class);
    assertThat(finding.servers().getFirst().reason()).contains("before the day");
  }

  @Test
  void aClockFarInThePastIsSetByServersOfToday() throws Exception {
    clock.step(-Math.round(56 * YEAR * 1e9));
    server();
    DateDecision.Set set = (DateDecision.Set) ask().decision();

    assertThat(set.offset()).isCloseTo(56 * YEAR, within(set.bound() + 1));
  }

  @Test
  void whoIsNotSynchronisedOrSilentOrRefusesHasNoVoteAndItIsSaidWhy() throws Exception {
    server().wrongBy(50);
    server().bends(p -> NtpHeader.leapVersionMode(p, 0, Leap.UNSYNCHRONIZED, 4, Mode.SERVER));
    server().silent();
    server().kisses("DENY", 6);
    server().kisses("RATE", 10);
    Finding finding = ask();

    assertThat(finding.decision()).isInstanceOf(DateDecision.Set.class);
    assertThat(finding.servers())
        .extracting(Testimony::fate)
        .containsExactly(
            Fate.SELECTED, Fate.UNSYNCHRONISED, Fate.UNREACHABLE, Fate.REFUSED, Fate.UNREACHABLE);
    assertThat(finding.servers())
        .extracting(Testimony::reason)
        .satisfiesExactly(
            agrees -> assertThat(agrees).isEqualTo("agrees"),
            lost -> assertThat(lost).contains("not synchronised"),
            silent -> assertThat(silent).isEqualTo("does not answer"),
            denied -> assertThat(denied).contains("refuses", "DENY"),
            rated -> assertThat(rated).contains("kiss RATE"));
    // A server that asks for less is not asked again.
    assertThat(servers.get(3).requests()).hasSize(1);
    assertThat(servers.get(4).requests()).hasSize(1);
  }

  @Test
  void forgedRepliesBesideTheTrueOneAreCountedAndChangeNothing() throws Exception {
    server()
        .wrongBy(20)
        .sends(good -> {
          byte[] forged = good.clone();
          forged[24] ^= 1;
          forged[40] ^= 0x40;
          return List.of(forged, new byte[3], good, good);
        });
    Finding finding = ask(1, 1);

    assertThat(((DateDecision.Set) finding.decision()).offset()).isCloseTo(20, within(1.0));
    assertThat(finding.servers().getFirst().dropped())
        .isEqualTo(Map.of("2 bogus", 1L, "7 format", 1L));
  }

  @Test
  void fewerThanAreAskedForSetNothing() throws Exception {
    server().wrongBy(20);
    server().silent();
    Finding finding = ask(1, 2);

    assertThat(finding.decision())
        .isInstanceOfSatisfying(
            DateDecision.Refuse.class,
            refuse -> assertThat(refuse.reason()).startsWith("1 agree, and 2 are asked for"));
  }
}
