package org.timeball.driver.nmea;

import java.util.ArrayList;
import java.util.List;
import org.timeball.spi.Health;
import org.timeball.spi.Health.Fix;
import org.timeball.spi.Sink;

/** Puts together how the receiver is, and tells it when it changed, at most once a second. */
final class HealthTeller {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Half-second arrivals at either side still make once a second. */
  private static final long SHORTEST_NANOS = 700_000_000L;

  private static final long SILENCE_NANOS = 3 * SECOND_NANOS;

  private final Sink sink;
  private final InstantReader instants;
  private final LabelChoice choice;
  private final SkyView sky = new SkyView();

  private String model = "";
  private String antenna = "";
  private int secondOfDay = -1;
  private long secondBeganRawNanos;
  private boolean begun;

  private Health told = Health.UNKNOWN;
  private boolean toldBefore;
  private long toldRawNanos;

  HealthTeller(Sink sink, InstantReader instants, LabelChoice choice) {
    this.sink = sink;
    this.instants = instants;
    this.choice = choice;
  }

  void reset() {
    begun = false;
    antenna = "";
  }

  void take(Sentence sentence) {
    if (isNextSecond(sentence)) {
      sky.endSecond(sentence.endRawNanos);
      tell(sentence.endRawNanos);
    }
    sky.take(sentence);
    takeText(sentence);
  }

  private boolean isNextSecond(Sentence sentence) {
    boolean over = begun && sentence.endRawNanos - secondBeganRawNanos > 3 * SECOND_NANOS / 2;
    int second = secondOfDay;
    if (sentence.kind().namesTime()) {
      second = sentence.digits(sentence.kind() == SentenceKind.GLL ? 5 : 1, 0, 6);
      over |= begun && second != secondOfDay;
    }
    if (over || !begun) {
      begun = true;
      secondOfDay = second;
      secondBeganRawNanos = sentence.endRawNanos;
    }
    return over;
  }

  private void takeText(Sentence sentence) {
    if (sentence.kind() == SentenceKind.TXT) {
      takeText(sentence, "ANTSTATUS=", "antenna ");
      takeText(sentence, "ANTENNA ", "antenna ");
      int place = sentence.find("MOD=");
      if (place >= 0) {
        model = sentence.textFrom(place + "MOD=".length());
      }
    }
  }

  private void takeText(Sentence sentence, String word, String prefix) {
    int place = sentence.find(word);
    if (place >= 0) {
      antenna = prefix + sentence.textFrom(place + word.length());
    }
  }

  /** Time goes by: what a receiver that fell silent said is no longer so. */
  void onTimer(long nowRawNanos) {
    if (toldBefore && nowRawNanos - toldRawNanos > SILENCE_NANOS) {
      tell(nowRawNanos);
    }
  }

  /** Tells the state if it is not what was told before. */
  private void tell(long nowRawNanos) {
    if (toldBefore && nowRawNanos - toldRawNanos < SHORTEST_NANOS) {
      return;
    }
    Health health =
        new Health(
            fix(nowRawNanos),
            sky.satellitesUsed(nowRawNanos),
            sky.satellitesInView(nowRawNanos),
            sky.signal(nowRawNanos),
            detail());
    if (!health.equals(told)) {
      told = health;
      toldBefore = true;
      toldRawNanos = nowRawNanos;
      sink.health(health);
    }
  }

  private Fix fix(long nowRawNanos) {
    if (!instants.hasClaim(nowRawNanos)) {
      return sky.fix(nowRawNanos);
    }
    if (!instants.claimsFix(nowRawNanos)) {
      return Fix.NONE;
    }
    Fix fix = sky.fix(nowRawNanos);
    return fix == Fix.UNKNOWN || fix == Fix.NONE ? Fix.TWO_D : fix;
  }

  private String detail() {
    List<String> words = new ArrayList<>();
    if (!model.isEmpty()) {
      words.add(model);
    }
    if (!antenna.isEmpty()) {
      words.add(antenna);
    }
    choice.carrier().ifPresent(kind -> words.add("label from " + kind));
    return String.join(", ", words);
  }
}
