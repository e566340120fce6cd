package org.timeball.core.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.refclock.LearnedLateness;
import org.timeball.core.refclock.Pairing;
import org.timeball.core.refclock.Reckoning;
import org.timeball.core.refclock.Refclock;
import org.timeball.core.refclock.RefclockSample;
import org.timeball.core.refclock.RefclockSample.Basis;
import org.timeball.core.refclock.RefclockSettings;
import org.timeball.core.select.Standing;
import org.timeball.time.ReferenceId;

/**
 * A reference clock as a source: the samples of its {@link Refclock} guarded, estimated from, and
 * proven. Belongs to the brain's thread.
 */
public final class RefclockSource implements TimeSource {
  /** Samples in a row that prove a source; pulses have been numbered by labels before. */
  private static final int PROOF_PULSES = 4;

  private static final int PROOF_LABELS = 8;

  /** Seconds: first guesses of noise, and what is a jump at least. */
  private static final double PULSE_NOISE = 1e-6;

  private static final double LABEL_NOISE = 1e-2;
  private static final double SMALLEST_PULSE_JUMP = 1e-3;
  private static final double SMALLEST_LABEL_JUMP = 0.3;

  private final SourceSettings settings;
  private final Refclock refclock;
  private final Notices notices;
  private final SampleTrack pulses;
  private final SampleTrack labels;
  private final SampleTrack measurements;
  private final List<SampleTrack> tracks;
  private final Reach reach = new Reach();
  private boolean saidJump;
  private boolean confirmationDemanded;

  /**
   * @param jumpConfirmationSeconds how long a jump must last before it is followed
   * @param largestJumpFollowed seconds; beyond it a source is refused while the clock is known
   */
  public RefclockSource(
      SourceSettings settings,
      List<LearnedLateness> restored,
      double jumpConfirmationSeconds,
      double largestJumpFollowed,
      Notices notices) {
    this.settings = settings;
    this.notices = notices;
    this.refclock = new Refclock(settings.refclock(), restored, notices);
    this.pulses =
        new SampleTrack(
            Basis.PULSE,
            PULSE_NOISE,
            SMALLEST_PULSE_JUMP,
            new JumpGuard(jumpConfirmationSeconds, largestJumpFollowed));
    this.labels =
        new SampleTrack(
            Basis.LABEL,
            LABEL_NOISE,
            SMALLEST_LABEL_JUMP,
            new JumpGuard(jumpConfirmationSeconds, largestJumpFollowed));
    this.measurements =
        new SampleTrack(
            Basis.MEASUREMENT,
            PULSE_NOISE,
            SMALLEST_PULSE_JUMP,
            new JumpGuard(jumpConfirmationSeconds, largestJumpFollowed));
    this.tracks = List.of(pulses, measurements, labels);
  }

  @Override
  public String name() {
    return settings.refclock().name();
  }

  @Override
  public Standing standing() {
    return settings.standing();
  }

  @Override
  public int stratum() {
    return 0;
  }

  @Override
  public ReferenceId referenceId() {
    return settings.referenceId();
  }

  @Override
  public double rootDelay() {
    return 0;
  }

  public SourceSettings settings() {
    return settings;
  }

  /** Whether events of the refclock with this name are for this source. */
  public boolean listensTo(String refclockName) {
    RefclockSettings s = settings.refclock();
    return refclockName.equals(s.labels())
        || refclockName.equals(s.pulses())
        || refclockName.equals(s.name());
  }

  /** Takes a label of its receiver; true if the belief has changed. */
  public boolean onLabel(Event.Label label, Optional<Reckoning> reckoning) {
    boolean changed = false;
    List<RefclockSample> samples = refclock.onLabel(label, reckoning);
    if (refclock.takeLeapCompleted()) {
      pulses.shift(-1_000_000_000L);
      labels.shift(-1_000_000_000L);
      notices.warning("%s: a leap second was inserted that nobody had announced", name());
    }
    for (RefclockSample sample : samples) {
      boolean used = take(sample);
      changed |= used && (sample.basis() != Basis.LABEL || restsOnLabels(sample.rawNanos()));
    }
    return changed;
  }

  private boolean restsOnLabels(long raw) {
    return belief(raw).filter(b -> b.basis() == Basis.LABEL).isPresent();
  }

  /** Takes a pulse; true if the belief has changed. */
  public boolean onPulse(Event.Pulse pulse, Optional<Reckoning> reckoning) {
    return refclock.onPulse(pulse, reckoning).filter(this::take).isPresent();
  }

  /** Takes a complete measurement; true if the belief has changed. */
  public boolean onSample(Event.Sample sample) {
    if (sample.unixNanos() < settings.refclock().floorUnixNanos()) {
      return false;
    }
    return take(
        new RefclockSample(
            sample.rawNanos(),
            sample.unixNanos(),
            Basis.MEASUREMENT,
            Math.max(sample.uncertaintySeconds(), settings.refclock().pulseUncertainty())));
  }

  private boolean take(RefclockSample sample) {
    SampleTrack track =
        switch (sample.basis()) {
          case PULSE -> pulses;
          case LABEL -> labels;
          case MEASUREMENT -> measurements;
          case EXCHANGE -> throw new IllegalArgumentException("a reference clock asks nobody");
        };
    SampleTrack.Outcome outcome = track.take(sample);
    switch (outcome) {
      case USED -> {
        reach.heard();
        saidJump = false;
      }
      case OUTLIER -> {}
      case HELD -> {
        if (track.guard().agreeing() == PROOF_PULSES && !saidJump) {
          saidJump = true;
          notices.warning("%s: %s", name(), jumpSentence(track.guard()));
        }
      }
      case FOLLOWED -> {
        reach.heard();
        saidJump = false;
        notices.warning(
            "%s: its jump of %+.6f s has lasted and is followed now", name(), track.guard().jump());
      }
    }
    return outcome == SampleTrack.Outcome.USED || outcome == SampleTrack.Outcome.FOLLOWED;
  }

  private static String jumpSentence(JumpGuard guard) {
    return String.format(
        Locale.ROOT,
        guard.isBeyondFollowing()
            ? "jumped by %+.3f s, which is too much to be true; refused while the clock is known"
            : "jumped by %+.6f s; not followed unless it lasts",
        guard.jump());
  }

  /** A line was opened or lost. */
  public void onLine(Event.Line line) {
    refclock.onLine(line);
  }

  /** The next interval of the reach register begins. */
  public void shiftReach() {
    reach.shift();
  }

  /** Tells operators what has changed, events or no events. */
  public void watch(long nowRaw) {
    refclock.watch(nowRaw);
  }

  /** What it believes, carried to a moment: of several, the belief with the smallest bound. */
  @Override
  public Optional<Belief> belief(long rawNanos) {
    return tracks.stream()
        .filter(t -> t.proof() > 0)
        .flatMap(t -> t.belief(rawNanos).stream())
        .min((a, b) -> Double.compare(a.bound(), b.bound()));
  }

  /** How far it has come. */
  @Override
  public SourceState state(long nowRaw) {
    if (isProven()) {
      if (isFresh(nowRaw)) {
        return SourceState.READY;
      }
      return heldTrack().isPresent() ? SourceState.JUMPED : SourceState.COASTING;
    }
    return reach.bits() == 0 && refclock.coherentLabels() == 0
        ? SourceState.UNREACHABLE
        : SourceState.UNPROVEN;
  }

  private boolean isFresh(long nowRaw) {
    return tracks.stream().anyMatch(t -> isProven(t) && t.isFresh(nowRaw));
  }

  /** Whether date, week and second are proven: enough samples that agree, each vouched for. */
  public boolean isProven() {
    return tracks.stream().anyMatch(this::isProven);
  }

  private boolean isProven(SampleTrack track) {
    // After a suspend pulses alone may fit the old count, and every second of it would be wrong.
    boolean unconfirmed =
        confirmationDemanded && track.basis() == Basis.PULSE && !refclock.isConfirmed();
    return !unconfirmed
        && track.proof() >= (track.basis() == Basis.LABEL ? PROOF_LABELS : PROOF_PULSES);
  }

  private Optional<SampleTrack> heldTrack() {
    return tracks.stream().filter(t -> t.guard().isHolding()).findFirst();
  }

  /** Why what comes is not used, while it is held back as a jump. */
  public Optional<String> jump() {
    return heldTrack().map(t -> jumpSentence(t.guard()));
  }

  /** What is believed stays and must be confirmed by new samples, and the second by labels. */
  @Override
  public void demandProof() {
    confirmationDemanded = !settings.refclock().labels().isEmpty();
    refclock.demandConfirmation();
    tracks.forEach(SampleTrack::demandProof);
  }

  /** The clock has jumped by so much: if the machine was suspended, so will the samples. */
  public void expectJump(double seconds, long nowRaw) {
    tracks.forEach(t -> t.guard().expect(seconds, nowRaw));
  }

  /** The raw scale may have stood still: second and phase are to be proven anew. */
  @Override
  public void forgetPhase() {
    confirmationDemanded = false;
    refclock.reset();
    tracks.forEach(SampleTrack::forgetPhase);
  }

  /** Time itself was renumbered by an announced leap second. */
  @Override
  public void shift(long nanos) {
    refclock.shift(nanos);
    tracks.forEach(t -> t.shift(nanos));
  }

  public Refclock refclock() {
    return refclock;
  }

  /** The first link between octets and a sample that is not made. */
  public Pairing pairing(long nowRaw) {
    return refclock.pairing(nowRaw);
  }

  public Reach reach() {
    return reach;
  }

  /** Samples used, held back as a jump, and left out as outliers. */
  public long[] counts() {
    return Stream.of(
            tracks.stream().mapToLong(SampleTrack::used).sum(),
            tracks.stream().mapToLong(SampleTrack::held).sum(),
            tracks.stream().mapToLong(SampleTrack::outliers).sum())
        .mapToLong(Long::longValue)
        .toArray();
  }
}
