package org.timeball.core;

import java.nio.ByteBuffer;
import org.timeball.core.nts.RoughTime;
import org.timeball.time.Leap;

/** Something the host must do, in the order given. */
public sealed interface Action {
  /**
   * Runs the steered clock faster (positive) or slower than the raw scale from now on.
   *
   * @param frequency dimensionless; 1e-6 is 1 ppm. The whole rate, not a change of it.
   */
  record SetFrequency(double frequency) implements Action {}

  /**
   * Hands an offset to the kernel's own loop (RFC 1589, section 3), which from then on sets the
   * rate by itself.
   *
   * @param offset true time minus the clock in seconds, ±0.5
   * @param timeConstant log2 of the seconds over which the loop acts, 0 to 10
   */
  record LockPhase(double offset, int timeConstant) implements Action {}

  /** Moves the steered clock at once. */
  record Step(long nanos) implements Action {}

  /**
   * Tells the kernel how good its clock is, so that programs that ask (RFC 1589) are not misled.
   *
   * @param maximumError root distance in seconds
   * @param estimatedError in seconds
   */
  record ReportQuality(boolean synchronised, double maximumError, double estimatedError)
      implements Action {}

  /** Asks the clock for a leap second at the end of this UTC day, or for none. */
  record ArmLeap(Leap leap) implements Action {}

  /** Sets the offset of TAI from UTC in seconds. */
  record SetTai(int seconds) implements Action {}

  /** Publishes what replies say from now on. */
  record Publish(ServerState state) implements Action {}

  /** Something an operator should read: a sentence, subject first. */
  record Notice(Level level, String sentence) implements Action {
    /** How urgent. */
    public enum Level {
      INFO,
      WARNING,
      ERROR
    }
  }

  /** Keeps what was learned: written beside and renamed. */
  record SaveState(String text) implements Action {}

  /**
   * Sends a request to a server, from a port that was not used before (RFC 9109, section 3), and
   * tells of every datagram that comes back to it.
   *
   * @param source name of the server in the configuration
   * @param request the datagram, from offset 0 to the limit; its transmit timestamp a number nobody
   *     can guess
   * @param patienceNanos how long to listen
   */
  record Ask(String source, ByteBuffer request, long patienceNanos) implements Action {}

  /** What concerns a source that stands for several servers. */
  sealed interface OfPool extends Action {}

  /**
   * Looks up what the name of a pool stands for, and tells it by {@link Event.Found} or {@link
   * Event.Unreachable}.
   *
   * @param pool its id in the configuration
   */
  record LookUp(String pool) implements OfPool {}

  /**
   * One of the servers of a pool or network can be asked from now on; whatever went by that name
   * before cannot.
   *
   * @param source its name, such as {@code pool#1}
   * @param pool id of the pool or network in the configuration
   * @param address as {@link Event.Found} or {@link Event.GroupPacket} told it
   */
  record Enlist(String source, String pool, String address) implements OfPool {}

  /** One of those servers is not asked any more. */
  record Dismiss(String source) implements OfPool {}

  /**
   * Sends a packet of a symmetric association (RFC 5905, section 9), from the port at which the
   * peer expects us, or one that is for everybody on a network; tells of its departure with {@link
   * Event.Departed}.
   *
   * @param source name of the peer or network in the configuration
   * @param header the 48 octets; the host writes the transmit timestamp last unless there is one,
   *     which tells when the packet before left (RFC 9769, section 3)
   * @param keyId identifier of the key to seal it with; 0 for none
   */
  record Transmit(String source, ByteBuffer header, int keyId) implements Action {}

  /**
   * Fetches keys of Network Time Security from a server (RFC 8915, section 4), and tells what came
   * of it by {@link Event.KeysGranted} or {@link Event.KeysRefused}.
   *
   * @param source name of the server in the configuration
   * @param server where, as host and port, with the address of one of a pool's servers behind them;
   *     the answer repeats it
   * @param present what is known of it, to check the certificate by
   */
  record Establish(String source, String server, RoughTime present) implements Action {}

  /** Sends the requests to a source there from now on, wherever the configuration says. */
  record Direct(String source, String host, int port) implements Action {}

  /** Keeps keys and cookies, readable by nobody else: written beside and renamed. */
  record KeepCookies(String text) implements Action {}
}
