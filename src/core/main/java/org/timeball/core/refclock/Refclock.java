package org.timeball.core.refclock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.refclock.RefclockSample.Basis;

/**
 * One receiver: its labels and its pulses in, samples out. Belongs to the brain's thread.
 *
 * <p>A pulse says exactly when a second began and not which; a label says which second and not
 * exactly when. {@link PulseNumbering} holds which pulse began which second, {@link KindLateness}
 * how late each kind of sentence is, and this class lets the one teach the other.
 */
public final class Refclock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Seconds after which something that comes once a second has stopped; a few may be lost. */
  private static final double SILENCE = 5;

  /** Pulses that wait for a number. */
  private static final int WAITING_PULSES = 8;

  /** Seconds by which a pulse that is numbered by a label may be away from where it should be. */
  private static final double REACH_OF_LABEL = 0.4;

  /** Seconds: lateness outside these is not a lateness but another second. */
  private static final double EARLIEST_LEARNED = -0.6;

  private static final double LATEST_LEARNED = 1.6;

  /** Labels after which lateness that is not settled is called ambiguous. */
  private static final int JUDGED_AFTER = 4;

  private final RefclockSettings settings;
  private final LabelSide labels;
  private final PulseTrain train = new PulseTrain();
  private final PulseNumbering numbering = new PulseNumbering();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final ArrivalSamples arrivals;
  private final LeapLabels leapLabels = new LeapLabels();
  private final PulseWitness witness = new PulseWitness();
  private final RefclockNotices say;
  private boolean pulseSeen;
  private long lastPulseRaw;
  private long pulsesUsed;
  private long pulsesRefused;
  private int confirmations;

  /**
   * @param restored what was learned in an earlier run of any refclock; compared with what is seen
   */
  public Refclock(RefclockSettings settings, List<LearnedLateness> restored, Notices notices) {
    this.settings = settings;
    this.labels = new LabelSide(settings, restored);
    this.arrivals = new ArrivalSamples(settings.hasPulses());
    this.say = new RefclockNotices(settings.name(), notices);
  }

  /** Takes a label; a sample by its arrival, and the pulses that it completed the number of. */
  public List<RefclockSample> onLabel(Event.Label label, Optional<Reckoning> reckoning) {
    Optional<KindLateness> believed = labels.believe(label);
    if (believed.isEmpty()) {
      return List.of();
    }
    KindLateness kind = believed.get();
    List<RefclockSample> samples = new ArrayList<>();
    leapLabels.hear(label);
    if (train.hasBeatWithin(label.startRawNanos(), SILENCE)) {
      witness.hear(label, kind, reckoning);
      kind.seenAfterPulse((label.startRawNanos() - train.lastRawNanos()) * 1e-9);
      numberByClock(reckoning);
      teach(label, kind);
      vote(label, kind);
      samples.addAll(numberWaiting());
    }
    arrivals
        .sample(label, kind, labels.votingLateness(kind), hasPulses(label.endRawNanos()))
        .ifPresent(samples::add);
    return samples;
  }

  /** Takes a pulse; a sample if it could be numbered. */
  public Optional<RefclockSample> onPulse(Event.Pulse pulse, Optional<Reckoning> reckoning) {
    long raw = pulse.rawNanos() - Math.round(settings.pulseDelay() * NANOS_PER_SECOND);
    pulseSeen = true;
    lastPulseRaw = raw;
    switch (train.judge(raw)) {
      case ON_BEAT -> {}
      case ACQUIRING -> {
        waiting.clear();
        return Optional.empty();
      }
      case DOUBLED, OFF_BEAT -> {
        pulsesRefused++;
        return Optional.empty();
      }
      case MOVED -> {
        say.pulsesMoved(train.movedBy());
        witness.pulsesMoved(train.movedBy());
        labels.forgetPulses();
        numbering.forget();
        waiting.clear();
      }
    }
    return number(raw, reckoning);
  }

  private Optional<RefclockSample> number(long raw, Optional<Reckoning> reckoning) {
    if (numbering.isNumbered() && !labels.coherentWithin(raw, SILENCE) && !agrees(raw, reckoning)) {
      numbering.forget();
    }
    numberByClock(reckoning);
    if (labels.isFixDenied() || numbering.isDoubted() || witness.isAgainstPulses()) {
      pulsesRefused++;
      return Optional.empty();
    }
    if (!numbering.isNumbered()) {
      waiting.addLast(raw);
      if (waiting.size() > WAITING_PULSES) {
        waiting.removeFirst();
      }
      return Optional.empty();
    }
    numbering.advance(raw);
    return Optional.of(sample(raw));
  }

  /** Pulses without labels are counted on only while a clock known to 0.4 s counts the same. */
  private boolean agrees(long raw, Optional<Reckoning> reckoning) {
    return reckoning
        .filter(Reckoning::canNumber)
        .filter(known -> secondBy(known, raw).equals(Optional.of(numbering.unixNanosOf(raw))))
        .isPresent();
  }

  private static Optional<Long> secondBy(Reckoning known, long raw) {
    long unix = known.unixNanosAt(raw);
    long second = Math.floorDiv(unix + NANOS_PER_SECOND / 2, NANOS_PER_SECOND) * NANOS_PER_SECOND;
    boolean clear = Math.abs(unix - second) < (0.5 - known.bound()) * NANOS_PER_SECOND;
    return clear ? Optional.of(second) : Optional.empty();
  }

  private RefclockSample sample(long raw) {
    pulsesUsed++;
    return new RefclockSample(
        raw, numbering.unixNanosOf(raw), Basis.PULSE, settings.pulseUncertainty());
  }

  private List<RefclockSample> numberWaiting() {
    boolean refused = numbering.isDoubted() || labels.isFixDenied() || witness.isAgainstPulses();
    if (!numbering.isNumbered() || refused) {
      return List.of();
    }
    List<RefclockSample> samples = waiting.stream().map(this::sample).toList();
    waiting.clear();
    return samples;
  }

  /** A clock that is known to better than 0.4 s settles which second a pulse began. */
  private void numberByClock(Optional<Reckoning> reckoning) {
    if (numbering.isNumbered() || !train.isLocked() || labels.isFixDenied()) {
      return;
    }
    long raw = train.lastRawNanos();
    if (labels.coherentWithin(raw, SILENCE) && !isAmbiguous()) {
      // Its own labels will number them: what it says is then a second opinion, not an echo.
      return;
    }
    reckoning
        .filter(Reckoning::canNumber)
        .flatMap(known -> secondBy(known, raw))
        .ifPresent(second -> numbering.number(raw, second));
  }

  /** Pulses that are numbered show how late a kind of sentence is. */
  private void teach(Event.Label label, KindLateness kind) {
    if (!numbering.isNumbered() || numbering.isDoubted() || witness.isAgainstPulses()) {
      return;
    }
    long anchor = train.lastRawNanos();
    long named = label.utc().unixSeconds() * NANOS_PER_SECOND - numbering.unixNanosOf(anchor);
    double lateness = (label.startRawNanos() - anchor - named - label.utc().nanos()) * 1e-9;
    if (lateness > EARLIEST_LEARNED && lateness < LATEST_LEARNED && !contradicts(label, kind)) {
      double before = kind.afterSecond().mean();
      if (kind.seenAfterSecond(lateness)) {
        say.latenessChanged(label.kind(), before, kind.afterSecond().mean());
      }
      kind.takeOtherThanBefore()
          .ifPresent(
              earlier -> say.latenessOther(label.kind(), kind.afterSecond().mean(), earlier));
    }
  }

  private boolean contradicts(Event.Label label, KindLateness kind) {
    OptionalDouble lateness = labels.votingLateness(kind);
    return lateness.isPresent()
        && pulseMeant(label, lateness.getAsDouble())
            .filter(p -> numbering.unixNanosOf(p) == second(label))
            .isEmpty();
  }

  private void vote(Event.Label label, KindLateness kind) {
    OptionalDouble lateness = labels.votingLateness(kind);
    if (lateness.isEmpty()) {
      return;
    }
    Optional<Long> pulse = pulseMeant(label, lateness.getAsDouble());
    if (pulse.isEmpty()) {
      return;
    }
    PulseNumbering.Outcome outcome =
        numbering.vote(pulse.get(), second(label), leapLabels.votesToChange(label.startRawNanos()));
    switch (outcome) {
      case GATHERING -> {}
      case CONFIRMED -> confirmations++;
      case CONTRADICTED -> {
        confirmations = 0;
        if (numbering.agreeing() == PulseNumbering.VOTES_TO_DOUBT) {
          say.contradicted(numbering.contradictionNanos());
        }
      }
      case NUMBERED -> say.numbered(label.kind(), lateness.getAsDouble(), kind.spread());
      case RENUMBERED -> renumbered();
    }
  }

  private void renumbered() {
    long by = numbering.contradictionNanos();
    if (!leapLabels.complete(by, train.lastRawNanos())) {
      say.renumbered(by);
    }
  }

  /** Whether labels have shown a leap second that nobody had announced; asked once. */
  public boolean takeLeapCompleted() {
    return leapLabels.takeCompleted();
  }

  private Optional<Long> pulseMeant(Event.Label label, double lateness) {
    long second =
        label.startRawNanos() - label.utc().nanos() - Math.round(lateness * NANOS_PER_SECOND);
    long pulse = train.beatNearest(second);
    return Math.abs(second - pulse) < REACH_OF_LABEL * NANOS_PER_SECOND
        ? Optional.of(pulse)
        : Optional.empty();
  }

  private static long second(Event.Label label) {
    return label.utc().unixSeconds() * NANOS_PER_SECOND;
  }

  /** A line was opened or lost. */
  public void onLine(Event.Line line) {
    if (line.refclock().equals(settings.labels())) {
      labels.lineLost();
    }
    if (line.refclock().equals(settings.pulses())) {
      forgetPulses();
    }
  }

  /** Time passed unseen, or stamps cannot be trusted: all is to be proven again. */
  public void reset() {
    labels.lineLost();
    forgetPulses();
    numbering.forget();
  }

  private void forgetPulses() {
    train.reset();
    pulseSeen = false;
    waiting.clear();
    labels.forgetPulses();
  }

  /** Labels are to confirm anew which second it is. */
  public void demandConfirmation() {
    confirmations = 0;
  }

  /** Whether labels have confirmed the second since that was demanded, without contradicting. */
  public boolean isConfirmed() {
    return confirmations >= PulseNumbering.VOTES;
  }

  /** Time itself was renumbered, as by a leap second. */
  public void shift(long nanos) {
    numbering.shift(nanos);
  }

  /** Whether pulses come. */
  public boolean hasPulses(long nowRaw) {
    return pulseSeen && nowRaw - lastPulseRaw < SILENCE * NANOS_PER_SECOND;
  }

  /** The first link that is not made. */
  public Pairing pairing(long nowRaw) {
    Optional<Pairing> labelTrouble = labelTrouble(nowRaw);
    if (!settings.hasPulses()) {
      return labelTrouble.orElse(Pairing.LABELS_ONLY);
    }
    boolean silent = labelTrouble.filter(Predicate.isEqual(Pairing.NO_LABELS)).isPresent();
    if (labelTrouble.isPresent() && !(silent && numbering.isNumbered() && hasPulses(nowRaw))) {
      return labelTrouble.get();
    }
    if (!hasPulses(nowRaw)) {
      return Pairing.NO_PULSES;
    }
    if (!train.isLocked()) {
      return Pairing.NO_BEAT;
    }
    if (witness.isAgainstPulses()) {
      return Pairing.PULSES_MOVED;
    }
    if (numbering.isDoubted()) {
      return Pairing.CONTRADICTED;
    }
    if (numbering.isNumbered()) {
      return silent || numbering.isByClock() ? Pairing.NUMBERED_BY_CLOCK : Pairing.NUMBERED;
    }
    return isAmbiguous() ? Pairing.AMBIGUOUS : Pairing.COUNTING;
  }

  /** Whether enough labels have come, and none of a kind whose lateness is settled. */
  private boolean isAmbiguous() {
    Collection<KindLateness> kinds = labels.kinds().values();
    return kinds.stream().allMatch(k -> labels.votingLateness(k).isEmpty())
        && kinds.stream().anyMatch(k -> k.afterPulse().count() >= JUDGED_AFTER);
  }

  private Optional<Pairing> labelTrouble(long nowRaw) {
    if (settings.labels().isEmpty()) {
      return Optional.empty();
    }
    if (!labels.heardWithin(nowRaw, SILENCE)) {
      return Optional.of(Pairing.NO_LABELS);
    }
    if (labels.isFixDenied()) {
      return Optional.of(Pairing.NO_FIX);
    }
    if (labels.lastFinding() == LabelStream.Finding.BEFORE_FLOOR) {
      return Optional.of(Pairing.BEFORE_FLOOR);
    }
    return labels.coherentWithin(nowRaw, SILENCE)
        ? Optional.empty()
        : Optional.of(Pairing.INCOHERENT);
  }

  /** Tells operators what has changed; called once a second. */
  public void watch(long nowRaw) {
    say.pairing(pairing(nowRaw), this);
  }

  /** For status. */
  public RefclockView view(long nowRaw) {
    return RefclockView.of(
        pairing(nowRaw),
        labels,
        labels.heardWithin(nowRaw, SILENCE),
        numbering,
        witness.movedBy(),
        pulsesUsed,
        pulsesRefused);
  }

  /** Coherent labels in a row so far. */
  public int coherentLabels() {
    return labels.coherentInRow();
  }

  /** What is worth keeping across a restart. */
  public List<LearnedLateness> learned() {
    return labels.learned();
  }

  Map<String, KindLateness> kinds() {
    return labels.kinds();
  }
}
