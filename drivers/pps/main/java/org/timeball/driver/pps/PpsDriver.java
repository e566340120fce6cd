package org.timeball.driver.pps;

import java.util.Locale;
import org.timeball.spi.Driver;
import org.timeball.spi.Edge;
import org.timeball.spi.Health;
import org.timeball.spi.LineControl;
import org.timeball.spi.Rejection;
import org.timeball.spi.Settings;
import org.timeball.spi.Sink;

/** Edges in, pulses out. */
final class PpsDriver implements Driver {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** So many intervals without a pulse are worth a sentence. */
  private static final int SILENT_INTERVALS = 5;

  private enum Leading {
    UNKNOWN,
    RISING,
    FALLING
  }

  private final Sink sink;
  private final Leading configured;
  private final long intervalNanos;
  private final PulseShape shape;

  /**
   * Both edges are followed, so that the leading one is known to keep the beat once it is found.
   */
  private final Beat risingBeat;

  private final Beat fallingBeat;

  private Leading leading;
  private boolean first;
  private long lastSequence;
  private long lastEdgeRawNanos;
  private boolean silent;

  PpsDriver(Settings settings, Sink sink) {
    this.sink = sink;
    configured =
        switch (settings.text(PpsProvider.EDGE).orElse(PpsProvider.AUTO)) {
          case PpsProvider.RISING -> Leading.RISING;
          case PpsProvider.FALLING -> Leading.FALLING;
          default -> Leading.UNKNOWN;
        };
    intervalNanos = PpsProvider.intervalSeconds(settings) * SECOND_NANOS;
    shape = new PulseShape(intervalNanos);
    risingBeat = new Beat(intervalNanos);
    fallingBeat = new Beat(intervalNanos);
    leading = configured;
  }

  @Override
  public void onLineUp(LineControl line, long nowRawNanos) {
    shape.reset();
    risingBeat.reset();
    fallingBeat.reset();
    leading = configured;
    first = true;
    silent = false;
    lastEdgeRawNanos = nowRawNanos;
    wake(nowRawNanos);
  }

  private void wake(long nowRawNanos) {
    sink.wakeAt(nowRawNanos + intervalNanos);
  }

  @Override
  public void onTimer(long nowRawNanos) {
    long quietNanos = nowRawNanos - lastEdgeRawNanos;
    if (!silent && quietNanos > SILENT_INTERVALS * intervalNanos) {
      silent = true;
      sink.notice(
          String.format(
              Locale.ROOT,
              "no pulse for %d s: the receiver may have no fix, or look at the pulse wire and"
                  + " 'device'",
              quietNanos / SECOND_NANOS));
    }
    wake(nowRawNanos);
  }

  @Override
  public void onEdge(Edge edge) {
    if (first) {
      // It may be the one latched before the device was opened: its age is unknown.
      first = false;
      return;
    }
    lastEdgeRawNanos = edge.rawNanos();
    if (silent) {
      silent = false;
      sink.notice("pulses are back");
    }
    if (shape.see(edge)) {
      onShape();
    }
    Beat beat = edge.rising() ? risingBeat : fallingBeat;
    Beat.Verdict verdict = beat.judge(edge);
    if (leading == (edge.rising() ? Leading.RISING : Leading.FALLING)) {
      onLeadingEdge(edge, beat, verdict);
    }
  }

  private void onLeadingEdge(Edge edge, Beat beat, Beat.Verdict verdict) {
    long unread = edge.sequence() - lastSequence - 1;
    lastSequence = edge.sequence();
    switch (verdict) {
      case WAIT -> {}
      case DOUBLED -> sink.rejected(new Rejection("doubled pulse", ""));
      case OFF_BEAT -> sink.rejected(new Rejection("pulse off the beat", ""));
      case ON_NEW_BEAT -> {
        if (beat.movedNanos() == 0) {
          // Late, but their times are as good as any: who joins them with labels starts sooner.
          beat.proof().forEach(sink::pulse);
        } else {
          tellMoved(beat.movedNanos());
          sink.pulse(edge);
        }
      }
      case ON_BEAT -> {
        tellMissed(beat.missed(), unread);
        sink.pulse(edge);
      }
    }
  }

  private void tellMoved(long nanos) {
    sink.notice(
        String.format(
            Locale.ROOT, "the pulses have moved by %.3f ms and stay there", nanos * 1e-6));
  }

  /** A gap in the kernel's count tells a pulse that nobody read from one that never came. */
  private void tellMissed(long missed, long unread) {
    for (long i = 0; i < Math.min(missed, SILENT_INTERVALS); i++) {
      sink.rejected(new Rejection(i < unread ? "pulse not read in time" : "pulse missing", ""));
    }
  }

  private void onShape() {
    String width = String.format(Locale.ROOT, "%.0f ms", shape.highNanos() * 1e-6);
    Leading natural =
        switch (shape.kind()) {
          case RISING_LEADS, ONLY_RISING -> Leading.RISING;
          case FALLING_LEADS, ONLY_FALLING -> Leading.FALLING;
          case SQUARE, UNKNOWN -> Leading.UNKNOWN;
        };
    String sentence =
        switch (shape.kind()) {
          case RISING_LEADS -> "the line is high for " + width + ": the rising edge leads";
          case FALLING_LEADS -> "the line is high for " + width + ": the falling edge leads";
          case ONLY_RISING, ONLY_FALLING ->
              "only the "
                  + word(natural)
                  + " edge is reported, so a wrong one would not be noticed by the pulse's width";
          case SQUARE ->
              "the line is high for "
                  + width
                  + ", half of the time: either edge may lead. "
                  + (configured == Leading.UNKNOWN
                      ? "Set 'edge' to the one the receiver's manual names; until then no pulse is"
                          + " used"
                      : "The " + word(configured) + " edge is used, as configured");
          case UNKNOWN -> "the pulse has no steady shape";
        };
    sink.notice(sentence);
    if (configured == Leading.UNKNOWN) {
      leading = natural;
    } else if (natural != Leading.UNKNOWN && natural != configured) {
      sink.notice(
          "'edge' is "
              + word(configured)
              + ", but that looks like the end of the pulse: every second would begin late by the"
              + " pulse's width. Set 'edge' to "
              + word(natural)
              + " or auto");
    }
    sink.health(
        Health.UNKNOWN.withDetail(
            leading == Leading.UNKNOWN ? "no leading edge" : word(leading) + " edge leads"));
  }

  private static String word(Leading edge) {
    return edge == Leading.RISING ? PpsProvider.RISING : PpsProvider.FALLING;
  }
}
