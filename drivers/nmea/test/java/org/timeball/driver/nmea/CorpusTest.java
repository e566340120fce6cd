package org.timeball.driver.nmea;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.timeball.spi.Label;
import org.timeball.testkit.Chunking;
import org.timeball.testkit.Findings;
import org.timeball.testkit.Recording;
import org.timeball.testkit.Replay;

/** Reads recordings of real receivers, whole and damaged, and compares with their answer keys. */
class CorpusTest {
  private static final Pattern PLAIN_RMC =
      Pattern.compile(
          "(?<=\\n)\\$G[PN]RMC,(?<hour>\\d\\d)(?<minute>\\d\\d)(?<second>\\d\\d)(\\.\\d+)?,A,"
              + "[0-9.]+,[NS],[0-9.]+,[EW],[0-9.]*,[0-9.]*,"
              + "(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d\\d),[0-9.]*,[EW]?,?[AD]?"
              + "\\*[0-9A-F]{2}(?=\\r\\n|\\n)");

  private static Findings decode(Corpus.Log log, Recording recording, Chunking chunking) {
    Replay replay = new Replay(new NmeaProvider()).chunking(chunking);
    log.notBefore().ifPresent(replay::notBefore);
    return replay.run(recording);
  }

  @Test
  void readsEverySentenceThatIsOwedAndNoneThatIsForbidden() {
    Corpus corpus = Corpus.load();
    assertThat(corpus.logs()).hasSizeGreaterThanOrEqualTo(80);
    int right = 0;
    List<String> wrong = new ArrayList<>();

    for (Corpus.Log log : corpus.logs()) {
      Map<Long, String> found = new TreeMap<>();
      for (Label label : decode(log, log.recording(), Chunking.of(64)).labels()) {
        found.put(label.octetOffset(), label.utc().toString());
      }
      Map<Long, Map<String, String>> key = log.key();
      for (Map.Entry<Long, Map<String, String>> entry : key.entrySet()) {
        String verdict = verdict(entry.getValue(), found.get(entry.getKey()));
        if (verdict.isEmpty()) {
          right++;
        } else {
          wrong.add(log + " at " + entry.getKey() + ": " + verdict + " " + entry.getValue());
        }
      }
      found.keySet().removeAll(key.keySet());
      found.forEach((offset, utc) -> wrong.add(log + " at " + offset + ": nothing begins here"));
    }

    assertThat(wrong).isEmpty();
    assertThat(right).isGreaterThan(9000);
  }

  /** What is wrong with having found this where the key says that; empty if it is right. */
  private static String verdict(Map<String, String> record, String found) {
    if (found == null) {
      return isOwed(record) ? "missed" : "";
    }
    String checksum = record.get("ck");
    if ("bad".equals(checksum)
        || "none".equals(checksum)
        || (record.get("id").endsWith("RMC") && "V".equals(record.get("status")))) {
      return "forbidden, but read as " + found;
    }
    for (String name : List.of("utc_fixed", "utc", "utc_ctx")) {
      if (record.containsKey(name)) {
        return isNear(found, record.get(name)) ? "" : "wrong: " + found;
      }
    }
    return "";
  }

  private static boolean isOwed(Map<String, String> record) {
    if (!"ok".equals(record.get("ck"))
        || !record.containsKey("utc")
        || record.containsKey("unclean")) {
      return false;
    }
    if (record.get("id").endsWith("RMC")) {
      return "A".equals(record.get("status"))
          && !List.of("N", "E", "S", "M").contains(record.getOrDefault("mode", ""));
    }
    return record.get("id").endsWith("ZDA") && "1".equals(record.get("fixctx"));
  }

  private static boolean isNear(String one, String other) {
    return Duration.between(Instant.parse(one), Instant.parse(other)).abs().toMillis() <= 1;
  }

  @Test
  void readsTheSameHoweverTheOctetsAreCut() {
    SplittableRandom random = new SplittableRandom(1);
    for (Corpus.Log log : Corpus.load().logs()) {
      Recording recording = log.recording();
      List<String> single = texts(decode(log, recording, Chunking.of(1)));

      assertThat(texts(decode(log, recording, Chunking.random(random, 700))))
          .as(log.name())
          .isEqualTo(single);
      assertThat(texts(decode(log, recording, Chunking.of(Integer.MAX_VALUE))))
          .as(log.name())
          .isEqualTo(single);
    }
  }

  private static List<String> texts(Findings findings) {
    return findings.labels().stream()
        .map(label -> label.octetOffset() + " " + label.utc() + " " + label.kind())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void takesNothingFromADamagedSentenceAndGoesOnWithTheNext(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Corpus.Log log : Corpus.load().logs()) {
      byte[] damaged = Damage.to(log.octets(), random);
      String text = new String(damaged, ISO_8859_1);

      List<Label> labels =
          decode(log, Recording.raw(log.name(), damaged), Chunking.random(random, 300)).labels();

      for (Label label : labels) {
        String sentence = sentenceAt(text, Math.toIntExact(label.octetOffset()));
        assertThat(hasRightChecksum(sentence))
            .as("seed %d, %s at %d: %s", seed, log, label.octetOffset(), sentence)
            .isTrue();
      }
      assertThat(offsets(labels))
          .as("seed %d, %s: sentences that are whole after the damage", seed, log)
          .containsAll(wholeRmcOffsets(text));
    }
  }

  private static List<Integer> offsets(List<Label> labels) {
    return labels.stream().map(label -> Math.toIntExact(label.octetOffset())).toList();
  }

  private static String sentenceAt(String text, int offset) {
    int end = text.indexOf('*', offset);
    return text.substring(offset, Math.min(end + 3, text.length()));
  }

  private static boolean hasRightChecksum(String sentence) {
    int checksum = 0;
    int star = sentence.indexOf('*');
    for (int i = 1; i < star; i++) {
      checksum ^= sentence.charAt(i);
    }
    return sentence.charAt(0) == '$'
        && Integer.parseInt(sentence.substring(star + 1, star + 3), 16) == checksum;
  }

  /** Plain sentences on lines of their own that no reader may lose. */
  private static List<Integer> wholeRmcOffsets(String text) {
    List<Integer> offsets = new ArrayList<>();
    Matcher matcher = PLAIN_RMC.matcher(text);
    while (matcher.find()) {
      boolean isMoment =
          number(matcher, "hour") < 24
              && number(matcher, "minute") < 60
              && number(matcher, "second") < 60
              && ReceiverDate.exists(
                  2000 + number(matcher, "year"), number(matcher, "month"), number(matcher, "day"));
      if (isMoment && hasRightChecksum(matcher.group())) {
        offsets.add(matcher.start());
      }
    }
    return offsets;
  }

  private static int number(Matcher matcher, String group) {
    return Integer.parseInt(matcher.group(group));
  }
}
