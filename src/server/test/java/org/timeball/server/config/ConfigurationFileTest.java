package org.timeball.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.core.brain.Role;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.leap.Smear;
import org.timeball.core.server.Passive;
import org.timeball.spi.LineNeed;
import org.timeball.spi.Settings;

class ConfigurationFileTest {
  private static final LocalDate BUILT = LocalDate.of(2026, 11, 23);
  private final ConfigurationFile reader = new ConfigurationFile(FakeDriver.INSTALLED, BUILT);

  @Test
  void anEmptyFileListensEverywhereAndSteersTheKernelsClock() throws Exception {
    Configuration configuration = reader.parse("t.toml", "");

    assertThat(configuration.clock().steer()).isEqualTo(ClockSettings.Steer.KERNEL);
    assertThat(configuration.clock().policy()).isEqualTo(SteeringPolicy.DEFAULT);
    assertThat(configuration.listeners())
        .singleElement()
        .satisfies(all -> {
          assertThat(all.port()).isEqualTo(123);
          assertThat(all.addresses())
              .containsExactly(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));
        });
    assertThat(configuration.refclocks()).isEmpty();
  }

  @Test
  void aReceiverIsOneReferenceClockWithItsPulse() throws Exception {
    Configuration configuration =
        reader.parse(
            "t.toml",
            """
            [[refclock]]
            name = "gps"
            driver = "nmea"
            reference-id = "GNSS"
            device = "/dev/serial0"
            bauds = [4800]
            patience = "250 ms"
            pulse = { device = "/dev/pps0", edge = "falling" }
            pulse-delay = "60 ns"
            """);

    RefclockSettings gps = configuration.refclocks().getFirst();
    assertThat(gps.referenceId().text()).isEqualTo("GNSS");
    assertThat(gps.driverLine()).isEqualTo("gps");
    assertThat(gps.pulseLine()).isEqualTo("gps.pulse");
    assertThat(gps.pulseDelay()).isEqualTo(60e-9);
    assertThat(gps.driver().line()).isEqualTo(new LineNeed.Serial("/dev/serial0", List.of(9_600)));
    assertThat(gps.pulse().orElseThrow().settings().text("edge")).hasValue("falling");
  }

  @Test
  void aServerIsAskedAsTheFileSays() throws Exception {
    SourceSettings source =
        reader
            .parse(
                "t.toml",
                """
                [[source]]
                name = "near"
                address = "ntp.example.net"
                port = 1123
                min-poll = -4
                max-poll = 2
                iburst = false
                version = 3
                prefer = true
                """)
            .sources()
            .getFirst();

    assertThat(source.address()).isEqualTo("ntp.example.net");
    assertThat(source.port()).isEqualTo(1123);
    assertThat(source.minimumPoll()).isEqualTo(-4);
    assertThat(source.maximumPoll()).isEqualTo(2);
    assertThat(source.hurried()).isFalse();
    assertThat(source.version()).isEqualTo(3);
    assertThat(source.standing().prefer()).isTrue();
  }

  @Test
  void aPoolIsSeveralServersByOneName() throws Exception {
    List<SourceSettings> sources =
        reader
            .parse(
                "t.toml",
                """
                [[source]]
                name = "pool"
                type = "pool"
                address = "2.pool.example"
                [[source]]
                name = "two"
                type = "pool"
                address = "3.pool.example"
                count = 2
                burst = true
                [[source]]
                name = "one"
                address = "ntp.example"
                """)
            .sources();

    assertThat(sources).extracting(SourceSettings::poolSize).containsExactly(4, 2, 0);
    assertThat(sources).extracting(SourceSettings::isPool).containsExactly(true, true, false);
    assertThat(sources).extracting(SourceSettings::bursts).containsExactly(false, true, false);
  }

  @Test
  void aDriverSeesWhatTheFileSaysAndItsOwnDefaults() throws Exception {
    Settings settings =
        reader
            .parse(
                "t.toml",
                """
                [clock]
                not-before = 2027-05-01
                [[refclock]]
                name = "gps"
                driver = "nmea"
                device = "/dev/serial0"
                bauds = [4800, 115200]
                patience = "250 ms"
                since = 2026-01-31
                strict = false
                """)
            .refclocks()
            .getFirst()
            .driver()
            .settings();

    assertThat(settings.name()).isEqualTo("gps");
    assertThat(settings.notBefore()).isEqualTo(LocalDate.of(2027, 5, 1));
    assertThat(settings.integers("bauds")).containsExactly(4800, 115_200);
    assertThat(settings.duration("patience")).isEqualTo(0.25);
    assertThat(settings.text("since")).hasValue("2026-01-31");
    assertThat(settings.flag("strict")).isFalse();
    assertThat(settings.integer("count")).isEqualTo(3);
    assertThat(settings.texts("kinds")).containsExactly("RMC", "ZDA");
    assertThat(settings.text("edge")).hasValue("rising");
  }

  @Test
  void aFloorDateBeforeTheBuildChangesNothing() throws Exception {
    Settings settings =
        reader
            .parse(
                "t.toml",
                """
                [clock]
                not-before = 2020-01-01
                [[refclock]]
                name = "gps"
                driver = "nmea"
                device = "/dev/serial0"
                """)
            .refclocks()
            .getFirst()
            .driver()
            .settings();

    assertThat(settings.notBefore()).isEqualTo(BUILT);
  }

  @Test
  void everyMistakeIsShownAtOnceInTheOrderOfTheFile() {
    List<Problem> problems =
        problemsOf(
            """
            [clock]
            ster = "kernel"
            [[listen]]
            name = "lan"
            port = 70000
            [[refclock]]
            name = "gps"
            driver = "nmea"
            devise = "/dev/serial0"
            """);

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "t.toml:2:1: [clock] has no key 'ster'; did you mean 'steer'?",
            "t.toml:5:1: port: 70000 is above 65535: 1 to 65535 is possible, the range of UDP"
                + " ports",
            "t.toml:6:1: [[refclock]] needs the key 'device'",
            "t.toml:9:1: [[refclock]] has no key 'devise'; did you mean 'device'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clok = 1 | the file has no key 'clok'; did you mean 'clock'?",
        "clock = 1 | 'clock' is a table: write [clock] on a line of its own",
        "[listen] | there may be several of 'listen': write [[listen]]",
        "[[source]]\\nname='n' | [[source]] needs the key 'address'",
        "[[source]]\\nname='n'\\naddress='a b' | 'a b' is neither an address nor the name",
        "[[source]]\\nname='n'\\naddress='a'\\nmin-poll=20 | 20 is above 17",
        "[[source]]\\nname='n'\\naddress='a'\\nmin-poll=-5 | -5 is below -4",
        "[[source]]\\nname='n'\\naddress='a'\\nmax-poll=18 | 18 is above 17",
        "[[source]]\\nname='n'\\naddress='a'\\nmax-poll=-5 | -5 is below -4",
        "[[source]]\\nname='n'\\naddress='a'\\nversion=0 | 0 is below 1",
        "[[source]]\\nname='n'\\naddress='a'\\nversion=5 | 5 is above 4",
        "[[source]]\\nname='n'\\naddress='a'\\ncount=3 | count is for a source of type",
        "[[source]]\\nname='n'\\ntype='pool'\\naddress='a'\\ncount=17 | 17 is above 16",
        "[[source]]\\nname='n'\\naddress='a'\\nmin-poll=9\\nmax-poll=8 | min-poll 9 is above"
            + " max-poll 8",
        "[[source]]\\nname='n'\\naddress='a'\\nversion=5 | 5 is above 4",
        "[[source]]\\nname='n'\\naddress='a'\\ntrust=true\\nnoselect=true | noselect excludes"
            + " prefer",
        "[[source]]\\nname='n'\\naddress='a'\\n[[source]]\\nname='n'\\naddress='b' | there is a"
            + " source",
        "[clock]\\nsteer = 'both' | 'both' is not one of \"kernel\", \"user\", \"none\"",
        "[clock]\\nsteer = 'none'\\n[[refclock]]\\nname = 'a' | a reference clock has no use",
        "[clock]\\nsteer = 1 | steer: expected text in quotes, found the number 1",
        "[clock]\\nslew-only = 'yes' | expected true or false, found the text \"yes\"",
        "[clock]\\nstep-above = '2 parsecs' | '2 parsecs' is not a duration",
        "[clock]\\nstep-above = '2 h' | \"2 h\" is above 1 h",
        "[clock]\\nmax-slew-ppm = 0 | 0 is below 1: 1 to 100000 is possible",
        "[clock]\\nnot-before = '2026-01-01' | expected a day such as 2026-11-23, without quotes",
        "[clock]\\ntemperature = 'x' | 'x' is neither \"auto\" nor \"off\" nor the whole path of a"
            + " file",
        "[[listen]] | [[listen]] needs the key 'name'",
        "[[listen]]\\nname = 'a b' | 'a b' cannot be a name",
        "[[listen]]\\nname = 'a'\\naddress = 'localhost' | 'localhost' is not an IPv4 or IPv6"
            + " address",
        "[[listen]]\\nname = 'a'\\naddress = [] | the list is empty",
        "[[listen]]\\nname = 'a'\\naddress = ['::1', '::1'] | \"::1\" stands in the list twice",
        "[[listen]]\\nname = 'a'\\ndevice = 'eth0/1' | cannot be a network device",
        "[[listen]]\\nname = 'a'\\n[[listen]]\\nname = 'a'\\nport = 124 | there is a listener 'a'"
            + " in line 1",
        "[[listen]]\\nname = 'a'\\n[[listen]]\\nname = 'b' | an address and port that listener 'a'"
            + " has",
        "[[refclock]]\\nname = 'g'\\ndriver = 'nema' | no driver 'nema' is installed; did you mean"
            + " 'nmea'?",
        "[[refclock]]\\nname = 'g'\\ndriver = 'nmea' | [[refclock]] needs the key 'device'",
        "[[refclock]]\\nname = 'g'\\ndriver = 'nmea'\\ndevice = '/d'\\ncount = -1 | contradict each"
            + " other",
        "[[refclock]]\\nname = 'g'\\ndriver = 'nmea'\\ndevice = '/d'\\nreference-id = 'ABCDE' | 1"
            + " to 4",
        "[[refclock]]\\nname = 'g'\\ndriver = 'nmea'\\ndevice = '/d'\\npulse = '/dev/pps0' |"
            + " 'pulse' is a",
        "[[refclock]]\\nname = 'g'\\ndriver = 'nmea'\\ndevice = '/d'\\npulse = {device='/d'} | 'g'"
            + " has already",
        "[[refclock]]\\nname='g'\\ndriver='pps'\\ndevice='/d'\\npulse={driver='nmea',device='/e'} |"
            + " does not read",
        "port = 1 = 2 | Unexpected",
        "[state]\\ndirectory = \"a\\u0000\" | a control character in it",
        "# \u0000 in a comment | the control character U+0000 cannot stand here",
      })
  void eachMistakeSaysWhatIsWrongAndWhatIsPossible(String text, String message) {
    assertThat(problemsOf(text.replace("\\n", "\n")))
        .anySatisfy(problem -> {
          assertThat(problem.message()).contains(message);
          assertThat(problem.line()).isPositive();
          assertThat(problem.column()).isPositive();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.128", "'128 ms'", "'128000 us'", "'128000 µs'", "'0.128 s'"})
  void aDurationCanBeWrittenInManyWays(String written) throws Exception {
    Configuration configuration = reader.parse("t.toml", "[clock]\nstep-above = " + written);

    assertThat(configuration.clock().policy().stepThreshold()).isEqualTo(0.128);
  }

  @Test
  void aFileThatIsNotThereSaysSo(@TempDir Path folder) {
    Path missing = folder.resolve("timeball.toml");

    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> reader.read(missing));

    assertThat(e).hasMessage(missing + ": there is no such file");
  }

  @Test
  void aFileThatIsNotTextSaysSo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("timeball.toml");
    Files.write(file, new byte[] {(byte) 0xC3, 0x28});

    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> reader.read(file));

    assertThat(e).hasMessage(file + ": this is not UTF-8 text");
  }

  @Test
  void aFolderIsNotAConfiguration(@TempDir Path folder) {
    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> reader.read(folder));

    assertThat(e).hasMessage(folder + ": this is not a regular file");
  }

  private List<Problem> problemsOf(String text) {
    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> reader.parse("t.toml", text));
    assertThat(e).as("problems in:%n%s", text).isNotNull();
    return e.problems();
  }

  @Test
  void spreadsLeapSecondsWhereAListenerOrTheTableForAllSaysSo() throws Exception {
    List<ListenSettings> listeners =
        reader
            .parse(
                "t.toml",
                """
                [leap]
                smear = "cosine"
                smear-length = "12 h"
                [[listen]]
                name = "usual"
                [[listen]]
                name = "not"
                port = 1123
                smear = "off"
                [[listen]]
                name = "other"
                port = 2123
                smear = "linear"
                smear-length = "24 h"
                """)
            .listeners();
    assertThat(listeners)
        .extracting(ListenSettings::smear)
        .containsExactly(
            Optional.of(new Smear(Smear.Shape.COSINE, 43_200)),
            Optional.empty(),
            Optional.of(new Smear(Smear.Shape.LINEAR, 86_400)));
    assertThat(listeners)
        .extracting(ListenSettings::passive)
        .containsExactly(Passive.OFF, Passive.KEYED, Passive.OFF);
    assertThat(reader.parse("t.toml", "[leap]\nsmear = 'linear'").listeners().getFirst().smear())
        .contains(new Smear(Smear.Shape.LINEAR, 86_400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[listen]]\\nname='a'\\nsmear='linear'\\npassive='open' | 4 | passive: leap seconds are"
            + " spread here",
        "[leap]\\nsmear='linear'\\n[[source]]\\nname='p'\\ntype='peer'\\naddress='::1' | 3 |"
            + " listener 'all' spreads leap seconds",
        "[leap]\\nsmear-length='24 h' | 2 | smear-length: leap seconds are not spread here",
        "[leap]\\nsmear='linear'\\nsmear-length='1 h' | 3 | below 2 h"
      })
  void refusesWhatWouldMixTimeThatIsSpreadWithTimeThatIsNot(String text, int line, String why) {
    assertThat(problemsOf(text.replace("\\n", "\n")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.line()).isEqualTo(line);
          assertThat(problem.message()).contains(why);
        });
  }

  @Test
  void aStandbyUnitHasAPartnerAndAClientHasNoListener() throws Exception {
    Configuration standby =
        reader.parse(
            "t.toml",
            """
            role = "standby"
            [standby]
            partner = "first"
            failed-above = "1 ms"
            [local]
            orphan = true
            [[source]]
            name = "first"
            address = "192.0.2.7"
            max-poll = 6
            """);
    assertThat(standby.role())
        .isEqualTo(
            new Role(
                Optional.of(new Role.Local(10, true, 300)),
                Optional.of(new Role.Standby("first", 1e-3))));
    assertThat(reader.parse("t.toml", "role = 'client'").listeners()).isEmpty();
    assertThat(reader.parse("t.toml", "").role()).isEqualTo(Role.PLAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role='standby' | 1 | a standby unit has a partner",
        "[standby]\\npartner='a' | 1 | this is for a standby unit",
        "role='standby'\\n[standby]\\npartner='a' | 3 | there is no [[source]] 'a'",
        "role='standby'\\n[standby]\\npartner='a'\\n[[source]]\\nname='a'\\naddress='::1' | 3 |"
            + " max-poll = 6",
        "role='client'\\n[[listen]]\\nname='a' | 2 | a client answers nobody",
        "role='client'\\n[[source]]\\nname='a'\\naddress='::1'\\ntype='peer' | 2 | a client has"
            + " none",
        "role='klient' | 1 | did you mean 'client'",
        "[local]\\nstratum=16 | 2 | the strata of servers"
      })
  void refusesARoleThatCannotBe(String text, int line, String why) {
    assertThat(problemsOf(text.replace("\\n", "\n")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.line()).isEqualTo(line);
          assertThat(problem.message()).contains(why);
        });
  }
}
