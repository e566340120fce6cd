package org.timeball.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.timeball.core.nts.KeyGrant;
import org.timeball.time.Leap;
import org.timeball.time.ReferenceId;
import org.timeball.time.UtcTime;

/**
 * Something that happened outside. The host hands each to {@link Brain#handle} with the clock read
 * once for the turn.
 */
public sealed interface Event {
  /** The moment of {@link Brain#nextWakeRawNanos} has come. */
  record WakeUp() implements Event {}

  /**
   * A reference clock named a moment of UTC.
   *
   * @param refclock its name in the configuration
   * @param kind sentence or message kind; lateness is learned for each apart
   * @param startRawNanos first octet's arrival
   * @param endRawNanos last octet's arrival
   * @param vouched whether the receiver claims a fix
   */
  record Label(
      String refclock,
      UtcTime utc,
      String kind,
      long startRawNanos,
      long endRawNanos,
      Leap leap,
      boolean vouched)
      implements Event {}

  /** A second began on a pulse line. */
  record Pulse(String refclock, long rawNanos, long sequence) implements Event {}

  /** A complete measurement of a reference clock. */
  record Sample(
      String refclock, long rawNanos, long unixNanos, double uncertaintySeconds, Leap leap)
      implements Event {}

  /** What a receiver says of itself; for status. */
  record Health(String refclock, ReceiverHealth health) implements Event {}

  /** What a sensor near the oscillator reads, in degrees Celsius. */
  record Temperature(double celsius) implements Event {}

  /** A line of a reference clock was opened or lost; {@code reason} is a sentence for people. */
  record Line(String refclock, boolean up, String reason) implements Event {}

  /** Something a driver refused; counted by reason. */
  record Rejected(String refclock, String reason, String detail) implements Event {}

  /**
   * Octets came in on a line, whatever they meant: tells a silent receiver from one that speaks at
   * another rate. Sent at most once a second and only when some came.
   */
  record Octets(String refclock, long count) implements Event {}

  /** A leap-seconds.list was read, at the start or anew; the brain judges it. */
  record LeapFile(String text) implements Event {}

  /**
   * The host could not carry out an action on the clock.
   *
   * @param reason a sentence for people that says what to do, as the clock gave it
   */
  record ClockRefused(String reason) implements Event {}

  /**
   * The steered clock moved without us.
   *
   * @param stepNanos by how much, as far as the host can tell
   */
  record Interference(long stepNanos) implements Event {}

  /**
   * Reading the clock takes another time than at the start.
   *
   * @param exponent log2 of it in seconds (RFC 5905, section 7.3), -32 to 0
   */
  record Precision(int exponent) implements Event {}

  /**
   * The address of a server was found, or is another one now; comes before its first reply.
   *
   * @param source its name in the configuration
   * @param address for people
   * @param theirs what we name as our reference while we follow it
   * @param local what this server names us by: the address from which we ask it
   * @param ours what servers name as theirs that follow us, whichever way they reach us
   */
  record Resolved(
      String source, String address, ReferenceId theirs, ReferenceId local, Set<ReferenceId> ours)
      implements Event {
    public Resolved {
      ours = Set.copyOf(ours);
    }
  }

  /**
   * What the name of a pool of servers stands for.
   *
   * @param pool its id in the configuration
   * @param addresses IPv4 and IPv6, each as its numbers are written; in the order in which the name
   *     service has them
   */
  record Found(String pool, List<String> addresses) implements Event {
    public Found {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A datagram came from a server to the port that a request left from, whatever it is.
   *
   * @param requestTransmit transmit timestamp of that request
   * @param sentRawNanos when the request left
   * @param receivedRawNanos when this arrived
   * @param packet from offset 0 to the limit; does not change any more
   */
  record Reply(
      String source,
      long requestTransmit,
      long sentRawNanos,
      long receivedRawNanos,
      ByteBuffer packet)
      implements Event {}

  /**
   * A request could not be sent, or the network says that it is useless.
   *
   * @param reason a sentence for people
   * @param noWay whether it did not leave this machine, because the network is down or knows no way
   */
  record Unreachable(String source, String reason, boolean noWay) implements Event {}

  /**
   * A packet of {@link Action.Transmit} has left; comes before anything that answers it.
   *
   * @param transmit the transmit timestamp that was written
   * @param left when, on both scales
   * @param stamped whether that is the kernel's stamp; otherwise it is the moment before the call
   */
  record Departed(String source, long transmit, ClockReading left, boolean stamped)
      implements Event {}

  /**
   * A datagram came from a peer's address and port, whatever it is.
   *
   * @param received when it arrived, on both scales
   * @param packet from offset 0 to the limit; does not change any more
   */
  record PeerPacket(String source, ClockReading received, ByteBuffer packet) implements Event {}

  /**
   * A datagram came to an address that is for everybody on a network, or for a group.
   *
   * @param source the network's name in the configuration
   * @param sender its address, as its numbers are written
   * @param received when it arrived, on both scales
   * @param packet from offset 0 to the limit; does not change any more
   */
  record GroupPacket(String source, String sender, ClockReading received, ByteBuffer packet)
      implements Event {}

  /**
   * Keys of Network Time Security have come.
   *
   * @param server as in {@link Action.Establish}
   */
  record KeysGranted(String source, String server, KeyGrant grant) implements Event {}

  /**
   * Keys of Network Time Security could not be had.
   *
   * @param server as in {@link Action.Establish}
   * @param reason a clause for people
   */
  record KeysRefused(String source, String server, String reason) implements Event {}
}
