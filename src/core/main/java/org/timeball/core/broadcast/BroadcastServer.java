package org.timeball.core.broadcast;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.ServerState;
import org.timeball.core.control.StatusReport;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.StateHeader;
import org.timeball.time.Leap;

/**
 * Sends time to one network, at its own pace and to nobody in particular (RFC 5905, section 3, mode
 * 5). Belongs to one thread.
 *
 * <p>In the interleaved mode (RFC 9769, section 4) the origin timestamp, which is 0 otherwise,
 * tells when the packet before left, as the kernel stamped it. Who does not know that mode is not
 * disturbed by it.
 */
final class BroadcastServer {
  /** How soon it is looked again whether the server has become synchronised. */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  private final BroadcastServerSettings settings;
  private final Notices notices;
  private long nextRawNanos;
  private boolean leaving;
  private long departureBits;
  private boolean silent = true;
  private long sent;
  private String trouble = "";

  BroadcastServer(BroadcastServerSettings settings, long nowRawNanos, Notices notices) {
    this.settings = settings;
    this.notices = notices;
    nextRawNanos = nowRawNanos;
  }

  BroadcastServerSettings settings() {
    return settings;
  }

  long nextRawNanos() {
    return nextRawNanos;
  }

  /** The packet that is due; none while there is no time to tell. */
  Optional<Action.Transmit> poll(ClockReading now, ServerState state) {
    if (now.rawNanos() < nextRawNanos) {
      return Optional.empty();
    }
    silent = state.leap() == Leap.UNSYNCHRONIZED || state.stratum() > StateHeader.HIGHEST_STRATUM;
    if (silent) {
      departureBits = 0;
      nextRawNanos = now.rawNanos() + SILENCE_NANOS;
      return Optional.empty();
    }
    nextRawNanos = following(now.rawNanos());
    ByteBuffer header = ByteBuffer.allocate(NtpHeader.LENGTH);
    StateHeader.write(header, 0, settings.version(), Mode.BROADCAST, state, now.unixNanos());
    NtpHeader.pollExponent(header, 0, settings.pollExponent());
    if (settings.interleaved()) {
      NtpHeader.originTimestamp(header, 0, departureBits);
    }
    departureBits = 0;
    leaving = true;
    return Optional.of(
        new Action.Transmit(settings.name(), header.asReadOnlyBuffer(), settings.keyId()));
  }

  /** The pace is kept whatever each packet took, unless whole intervals were missed. */
  private long following(long nowRawNanos) {
    long interval = Math.round(Math.scalb(1e9, settings.pollExponent()));
    return nowRawNanos - nextRawNanos < interval ? nextRawNanos + interval : nowRawNanos + interval;
  }

  void departed(Event.Departed event) {
    sent++;
    if (!trouble.isEmpty()) {
      trouble = "";
      notices.info("%s: packets leave again", settings.name());
    }
    if (leaving && event.stamped()) {
      departureBits = StateHeader.wireBits(event.left().unixNanos());
    }
    leaving = false;
  }

  /** The clock was set: when the last packet left is on another scale now. */
  void clockStepped() {
    leaving = false;
    departureBits = 0;
  }

  void onUnreachable(Event.Unreachable event) {
    leaving = false;
    if (!trouble.equals(event.reason())) {
      trouble = event.reason();
      notices.warning("%s: %s", settings.name(), trouble);
    }
  }

  StatusReport.Broadcast status() {
    return new StatusReport.Broadcast(
        settings.name(), settings.destination(), sent, silent, trouble);
  }
}
