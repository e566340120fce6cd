package org.timeball.driver.nmea;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.timeball.spi.Driver;
import org.timeball.spi.Label;
import org.timeball.spi.Label.Standing;
import org.timeball.spi.LineControl;
import org.timeball.spi.Rejection;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;
import org.timeball.time.Leap;
import org.timeball.time.UtcTime;

/** Octets in, labels and health out: joins the parts of this package. */
final class NmeaDriver implements Driver {
  private static final long TIMER_NANOS = 500_000_000L;

  /** A receiver sends a frame in one go; after such a pause, what looked like one was none. */
  private static final long FRAME_PAUSE_NANOS = 250_000_000L;

  /** Noise is told by the thousand, so that a torn line does not flood the log. */
  private static final long NOISE_OCTETS = 1000;

  private final Sink sink;
  private final FrameSkipper frames = new FrameSkipper();
  private final SentenceScanner scanner = new SentenceScanner();
  private final InstantReader instants;
  private final LabelChoice choice;
  private final HealthTeller health;
  private final SpeedSearch speeds;
  private final boolean checksumAlways;
  private final Set<SentenceKind> seenWithChecksum = EnumSet.noneOf(SentenceKind.class);

  /** Sentences within a supposed frame, until it is known whether it is one. */
  private final List<Sentence> held = new ArrayList<>();

  private long octetsSeen;
  private long lastOctetRawNanos;
  private long noise;
  private int rolloversTold;

  NmeaDriver(Settings settings, Sink sink) {
    this.sink = sink;
    instants =
        new InstantReader(
            new ReceiverDate(settings.notBefore()), settings.flag(NmeaProvider.TRUST_ZDA));
    choice =
        new LabelChoice(
            settings
                .text(NmeaProvider.SENTENCE)
                .filter(word -> !word.equals(NmeaProvider.AUTO))
                .map(SentenceKind::valueOf),
            sink);
    health = new HealthTeller(sink, instants, choice);
    speeds = new SpeedSearch(settings.integers(NmeaProvider.BAUD), sink);
    checksumAlways =
        settings.text(NmeaProvider.CHECKSUM).equals(Optional.of(NmeaProvider.REQUIRED));
  }

  @Override
  public void onLineUp(LineControl line, long nowRawNanos) {
    octetsSeen = 0;
    noise = 0;
    forgetHalfRead();
    instants.begin(nowRawNanos);
    choice.reset();
    health.reset();
    speeds.begin(line, nowRawNanos);
    sink.wakeAt(nowRawNanos + TIMER_NANOS);
  }

  private void forgetHalfRead() {
    frames.reset();
    scanner.reset();
    held.clear();
  }

  @Override
  public void onTimer(long nowRawNanos) {
    endFrameAfterPause(nowRawNanos);
    if (speeds.onTimer(nowRawNanos)) {
      release();
      forgetHalfRead();
    }
    health.onTimer(nowRawNanos);
    sink.wakeAt(nowRawNanos + TIMER_NANOS);
  }

  @Override
  public void onOctets(
      byte[] octets, int offset, int length, long firstRawNanos, long lastRawNanos) {
    endFrameAfterPause(firstRawNanos);
    speeds.hearOctets(length);
    for (int i = 0; i < length; i++) {
      onOctet(octets[offset + i], Driver.arrivalOf(i, length, firstRawNanos, lastRawNanos));
      octetsSeen++;
    }
    lastOctetRawNanos = lastRawNanos;
  }

  private void onOctet(byte octet, long rawNanos) {
    boolean wasInside = frames.isInside();
    FrameSkipper.Progress progress = frames.accept(octet);
    if (!wasInside && frames.isInside()) {
      noise += scanner.takeNoise();
    }
    if (progress == FrameSkipper.Progress.GOOD) {
      held.clear();
      scanner.reset();
      scanner.takeNoise();
      speeds.hearFrame();
      return;
    }
    if (progress == FrameSkipper.Progress.BAD) {
      sink.rejected(new Rejection("damaged frame", ""));
      release();
    }
    SentenceScanner.Outcome outcome = scanner.accept(octet, rawNanos, octetsSeen);
    if (!frames.isInside()) {
      countNoise();
      onOutcome(outcome, scanner.sentence());
    } else if (outcome == SentenceScanner.Outcome.SENTENCE) {
      speeds.hearSentence();
      held.add(scanner.sentence().copy());
    }
  }

  private void endFrameAfterPause(long nowRawNanos) {
    if (frames.isInside() && nowRawNanos - lastOctetRawNanos > FRAME_PAUSE_NANOS) {
      frames.reset();
      release();
    }
  }

  /** The supposed frame was none: what was read within it are sentences after all. */
  private void release() {
    for (Sentence sentence : held) {
      onCheckedSentence(sentence);
    }
    held.clear();
  }

  private void countNoise() {
    noise += scanner.takeNoise();
    if (noise >= NOISE_OCTETS) {
      sink.rejected(new Rejection("noise", noise + " octets that are no sentence"));
      noise = 0;
    }
  }

  private void onOutcome(SentenceScanner.Outcome outcome, Sentence sentence) {
    switch (outcome) {
      case NOTHING -> {}
      case SENTENCE -> {
        speeds.hearSentence();
        onCheckedSentence(sentence);
      }
      case WITHOUT_CHECKSUM -> onSentenceWithoutChecksum(sentence);
      case BAD_CHECKSUM -> sink.rejected(new Rejection("bad checksum", sentence.detail()));
      case DAMAGED -> sink.rejected(new Rejection("damaged sentence", sentence.detail()));
      case TOO_LONG -> sink.rejected(new Rejection("sentence too long", sentence.detail()));
    }
  }

  private void onCheckedSentence(Sentence sentence) {
    seenWithChecksum.add(sentence.kind());
    onSentence(sentence);
  }

  private void onSentenceWithoutChecksum(Sentence sentence) {
    SentenceKind kind = sentence.kind();
    if (checksumAlways || kind == SentenceKind.RMC || seenWithChecksum.contains(kind)) {
      sink.rejected(new Rejection("no checksum", sentence.detail()));
    } else if (kind != SentenceKind.OTHER) {
      speeds.hearSentence();
      onSentence(sentence);
    }
  }

  private void onSentence(Sentence sentence) {
    if (sentence.kind().namesTime()) {
      choice.hear(sentence.kind(), sentence.endRawNanos);
      switch (instants.read(sentence)) {
        case Reading.Moment moment -> onMoment(sentence, moment);
        case Reading.Refused(String reason) ->
            sink.rejected(new Rejection(reason, sentence.detail()));
        case Reading.Silent() -> {}
      }
    }
    health.take(sentence);
  }

  private void onMoment(Sentence sentence, Reading.Moment moment) {
    if (moment.vouched()) {
      tellRollovers(sentence.kind(), moment.utc());
    }
    boolean proven = choice.isProven();
    Standing standing;
    if (moment.vouched()) {
      standing = choice.judge(sentence.kind(), moment.utc(), sentence.endRawNanos);
    } else if (instants.awaitsClaim(sentence.endRawNanos)) {
      standing = Standing.UNCONFIRMED;
    } else {
      standing = Standing.NO_FIX;
    }
    sink.label(
        new Label(
            moment.utc(),
            moment.dated(),
            sentence.kind().name(),
            sentence.octetOffset,
            sentence.startRawNanos,
            sentence.endRawNanos,
            Leap.NONE,
            standing));
    if (standing == Standing.STALE) {
      sink.rejected(new Rejection("stale", sentence.detail()));
    } else if (standing == Standing.UNCONFIRMED && proven) {
      sink.rejected(new Rejection("does not continue", sentence.detail()));
    }
  }

  private void tellRollovers(SentenceKind kind, UtcTime utc) {
    int rollovers = instants.rollovers();
    if (rollovers != rolloversTold) {
      rolloversTold = rollovers;
      LocalDate taken = LocalDate.ofEpochDay(Math.floorDiv(utc.unixSeconds(), 86_400L));
      sink.notice(
          rollovers == 0
              ? "the receiver's dates are no longer before the floor date and are taken as they are"
              : kind
                  + " says "
                  + taken.minusDays((long) rollovers * ReceiverDate.ROLLOVER_DAYS)
                  + ", before the floor date: the receiver's week count has rolled over; taken as "
                  + taken);
    }
  }
}
