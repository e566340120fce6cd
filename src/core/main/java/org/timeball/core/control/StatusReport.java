package org.timeball.core.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.timeball.core.Action;
import org.timeball.core.ReceiverHealth;
import org.timeball.core.discipline.Rehearsals;
import org.timeball.core.nts.client.NtsStatus;
import org.timeball.core.refclock.Pairing;
import org.timeball.core.refclock.RefclockSample.Basis;
import org.timeball.core.refclock.RefclockView;
import org.timeball.core.select.Fate;
import org.timeball.core.select.Standing;
import org.timeball.core.source.SourceState;
import org.timeball.time.Leap;

/**
 * Everything there is to know about the server at one moment. Immutable; what status, sources and
 * why print, and nothing else.
 *
 * <p>Offsets, bounds and latenesses are seconds; frequencies are dimensionless.
 *
 * @param temperature of the oscillator, if a sensor reads it
 * @param holdover what would be if nothing more were heard; empty while nothing is known
 * @param leapTrouble what is wrong with the list of leap seconds and what to do; empty if nothing
 *     is
 * @param sources reference clocks
 * @param servers on the network
 * @param broadcasts networks to which time is sent unasked
 * @param networks on which servers that send unasked are listened to
 * @param messages the last notices, oldest first
 * @param why sentences: the state, what holds it back, what to do
 */
public record StatusReport(
    Synchronisation system,
    Clock clock,
    Optional<Temperature> temperature,
    Optional<Holdover> holdover,
    String leapTrouble,
    List<Source> sources,
    List<Server> servers,
    List<Refclock> refclocks,
    List<Broadcast> broadcasts,
    List<Network> networks,
    List<Message> messages,
    List<String> why) {

  /** The same with these. */
  public StatusReport with(Clock otherClock, Optional<Temperature> otherTemperature) {
    return new StatusReport(
        system,
        otherClock,
        otherTemperature,
        holdover,
        leapTrouble,
        sources,
        servers,
        refclocks,
        broadcasts,
        networks,
        messages,
        why);
  }

  /** How far the server as a whole has come. */
  public enum State {
    /** Nothing is proven yet. */
    STARTING,
    /** True time is known, and the clock is being brought to it. */
    CORRECTING,
    /** Following a source that is heard. */
    SYNCHRONISED,
    /** Nothing usable is heard; the learned frequency carries on within the set bound. */
    HOLDOVER,
    /** Something disturbed the clock; new samples must confirm what is believed. */
    VERIFYING,
    /** The holdover bound has passed. */
    LOST
  }

  /**
   * What replies say, and how good it is.
   *
   * @param leap as announced
   * @param stratum 16 while unsynchronised
   * @param source name of the one that is followed, if any
   * @param offset true time minus the clock, as believed
   * @param errorBound how wrong the clock may be
   * @param sinceRawNanos when this state was entered
   * @param untilLostSeconds in holdover: until the bound passes its limit
   */
  public record Synchronisation(
      State state,
      Leap leap,
      int stratum,
      String referenceId,
      long referenceUnixNanos,
      Optional<String> source,
      OptionalDouble offset,
      OptionalDouble errorBound,
      double rootDelay,
      double rootDispersion,
      long sinceRawNanos,
      OptionalDouble untilLostSeconds) {}

  /**
   * The clock that is steered.
   *
   * @param frequency rate against the raw scale as set last; empty if nothing is set yet, if the
   *     clock refused, or if the kernel's own loop changes it
   * @param estimatedFrequency as believed
   * @param frequencySigma standard deviation of the estimate
   * @param wander the frequency's change has a standard deviation of wander times sqrt(seconds)
   * @param refusal what the clock last refused to do, and what to do about it; empty if nothing
   */
  public record Clock(
      long rawNanos,
      long unixNanos,
      OptionalDouble frequency,
      OptionalDouble estimatedFrequency,
      OptionalDouble frequencySigma,
      OptionalDouble wander,
      long steps,
      long interferences,
      String refusal) {

    /** The same for another scale, by what a frequency is there. */
    public Clock on(DoubleUnaryOperator scale) {
      return new Clock(
          rawNanos,
          unixNanos,
          on(scale, frequency),
          on(scale, estimatedFrequency),
          frequencySigma,
          wander,
          steps,
          interferences,
          refusal);
    }

    private static OptionalDouble on(DoubleUnaryOperator scale, OptionalDouble value) {
      return value.isPresent()
          ? OptionalDouble.of(scale.applyAsDouble(value.getAsDouble()))
          : value;
    }
  }

  /**
   * What warmth does to the oscillator.
   *
   * @param celsius last reading
   * @param slopePerDegree change of frequency by degree at this temperature, as learned
   * @param slopeSigma standard deviation of that
   * @param lagSeconds by which the oscillator follows the sensor
   * @param compensation part of the frequency that the temperature explains; it began at zero
   */
  public record Temperature(
      double celsius,
      double slopePerDegree,
      double slopeSigma,
      double lagSeconds,
      double compensation) {}

  /**
   * What would be if nothing more were heard from now on.
   *
   * @param errorAfterHour how wrong the clock might be then
   * @param secondsToMillisecond until it might be wrong by a millisecond
   * @param rehearsals holdovers that were only played, shortest first
   */
  public record Holdover(
      double errorAfterHour, double secondsToMillisecond, List<Rehearsals.Outcome> rehearsals) {
    public Holdover {
      rehearsals = List.copyOf(rehearsals);
    }
  }

  /**
   * A reference clock as a source of time.
   *
   * @param fate what selection made of it
   * @param pairing of a receiver: the first link between octets and a sample that is not made
   * @param jump why what comes is not used, while it is held back as a jump
   * @param labels name of the refclock whose labels it uses; empty if none
   * @param pulses name of the refclock whose pulses it uses; empty if none
   * @param stratum its own; 0 for a reference clock
   * @param reach the last eight intervals, a bit each
   * @param offset what it believes minus the clock
   * @param bound how wrong its belief may be
   * @param basis what its belief rests on
   * @param used samples that moved the belief
   * @param held samples held back as a jump
   * @param outliers samples left out
   */
  public record Source(
      String name,
      String labels,
      String pulses,
      String referenceId,
      SourceState state,
      Fate fate,
      Pairing pairing,
      Optional<String> jump,
      Standing standing,
      int stratum,
      int reach,
      OptionalDouble offset,
      OptionalDouble bound,
      Optional<Basis> basis,
      RefclockView receiver,
      long used,
      long held,
      long outliers) {}

  /**
   * A server on the network as a source of time.
   *
   * @param address empty until its name has been looked up
   * @param fate what selection made of it
   * @param stratum its own; 0 until it has answered
   * @param referenceId what it follows; empty until it has answered
   * @param reach the last eight requests, a bit each
   * @param pollExponent log2 of the interval in seconds
   * @param offset what it believes minus the clock
   * @param bound how wrong its belief may be, all the way to true time
   * @param delay of the round trip at its best
   * @param rootDelay as it says
   * @param rootDispersion as it says
   * @param asked requests made
   * @param used replies that moved the belief
   * @param outliers good replies that did not
   * @param interleaved good replies of the interleaved mode (RFC 9769)
   * @param dropped what else came: by the number and name of the packet test that it failed, or by
   *     kiss code
   * @param refusal the kiss code with which it refused to serve us; empty if it did not
   * @param trouble what keeps requests from leaving; empty if nothing does
   * @param nts Network Time Security with it, if it is used
   */
  public record Server(
      String name,
      String address,
      SourceState state,
      Fate fate,
      Standing standing,
      int stratum,
      String referenceId,
      Leap leap,
      int reach,
      int pollExponent,
      OptionalDouble offset,
      OptionalDouble bound,
      OptionalDouble delay,
      OptionalDouble rootDelay,
      OptionalDouble rootDispersion,
      long asked,
      long used,
      long outliers,
      long interleaved,
      Map<String, Long> dropped,
      String refusal,
      String trouble,
      Optional<NtsStatus> nts) {
    public Server {
      dropped = Map.copyOf(dropped);
    }
  }

  /**
   * A reference clock's line and what came over it.
   *
   * @param lineUp empty until the host has said anything
   * @param lineReason the host's sentence about the line
   * @param sinceHeardSeconds since the last octet, label or pulse
   * @param labels labels that came, good or not
   * @param pulses pulses that came, good or not
   * @param rejected counts by reason, as the driver gave them
   */
  public record Refclock(
      String name,
      Optional<Boolean> lineUp,
      String lineReason,
      OptionalDouble sinceHeardSeconds,
      long octets,
      long labels,
      long pulses,
      Map<String, Long> rejected,
      Optional<ReceiverHealth> health) {
    public Refclock {
      rejected = Map.copyOf(rejected);
    }
  }

  /**
   * A network to which time is sent unasked.
   *
   * @param destination address and port
   * @param sent packets that left
   * @param silent whether nothing is sent because this server is not synchronised
   * @param trouble what keeps packets from leaving; empty if nothing does
   */
  public record Broadcast(
      String name, String destination, long sent, boolean silent, String trouble) {}

  /**
   * A network on which servers that send unasked are listened to.
   *
   * @param heard packets that came
   * @param followed servers that are sources now
   * @param dropped what came from others: by the number and name of the packet test that it failed
   * @param trouble what keeps packets from being heard; empty if nothing does
   */
  public record Network(
      String name, long heard, int followed, Map<String, Long> dropped, String trouble) {
    public Network {
      dropped = Map.copyOf(dropped);
    }
  }

  /** A notice as it was given. */
  public record Message(long rawNanos, Action.Notice.Level level, String sentence) {}

  public StatusReport {
    sources = List.copyOf(sources);
    servers = List.copyOf(servers);
    refclocks = List.copyOf(refclocks);
    broadcasts = List.copyOf(broadcasts);
    networks = List.copyOf(networks);
    messages = List.copyOf(messages);
    why = List.copyOf(why);
  }
}
