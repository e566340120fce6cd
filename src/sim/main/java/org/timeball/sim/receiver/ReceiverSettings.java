package org.timeball.sim.receiver;

import java.util.ArrayList;
import java.util.List;

/**
 * What kind of receiver it is.
 *
 * @param talker the two letters before each sentence's kind, such as {@code GP}
 * @param baud the line's speed; ten bits make an octet
 * @param sentences kinds in the order in which they are sent: RMC, GGA, GLL, GSA, GSV, ZDA
 * @param latenessSeconds mean time from the second to the first octet that names it
 * @param latenessJitterSeconds standard deviation of that time
 * @param pulseJitterSeconds standard deviation of the pulse's leading edge
 * @param pulseWidthSeconds from the leading to the trailing edge
 * @param secondsToFix from switching on to the first fix
 * @param faults what goes wrong when
 */
public record ReceiverSettings(
    String talker,
    int baud,
    List<String> sentences,
    double latenessSeconds,
    double latenessJitterSeconds,
    double pulseJitterSeconds,
    double pulseWidthSeconds,
    long secondsToFix,
    List<FaultWindow> faults) {

  public ReceiverSettings {
    sentences = List.copyOf(sentences);
    faults = List.copyOf(faults);
  }

  /**
   * A common receiver on a HAT that has been running for a while: 9600 baud, sentences 80 ± 8 ms
   * late, pulses of 100 ms with 40 ns of jitter.
   */
  public static ReceiverSettings common() {
    return new ReceiverSettings(
        "GP",
        9_600,
        List.of("RMC", "GGA", "GSA", "GSV", "ZDA"),
        0.080,
        0.008,
        40e-9,
        0.100,
        0,
        List.of());
  }

  /** The same receiver on a line of another speed. */
  public ReceiverSettings withBaud(int newBaud) {
    return new ReceiverSettings(
        talker,
        newBaud,
        sentences,
        latenessSeconds,
        latenessJitterSeconds,
        pulseJitterSeconds,
        pulseWidthSeconds,
        secondsToFix,
        faults);
  }

  /** The same receiver, saying other things. */
  public ReceiverSettings withSentences(String newTalker, List<String> newSentences) {
    return new ReceiverSettings(
        newTalker,
        baud,
        newSentences,
        latenessSeconds,
        latenessJitterSeconds,
        pulseJitterSeconds,
        pulseWidthSeconds,
        secondsToFix,
        faults);
  }

  /** The same receiver with another habit of being late. */
  public ReceiverSettings withLateness(double newLatenessSeconds, double newJitterSeconds) {
    return new ReceiverSettings(
        talker,
        baud,
        sentences,
        newLatenessSeconds,
        newJitterSeconds,
        pulseJitterSeconds,
        pulseWidthSeconds,
        secondsToFix,
        faults);
  }

  /** The same receiver with other pulses. */
  public ReceiverSettings withPulse(double newJitterSeconds, double newWidthSeconds) {
    return new ReceiverSettings(
        talker,
        baud,
        sentences,
        latenessSeconds,
        latenessJitterSeconds,
        newJitterSeconds,
        newWidthSeconds,
        secondsToFix,
        faults);
  }

  /** The same receiver, switched on just now and still searching for satellites. */
  public ReceiverSettings withSecondsToFix(long newSecondsToFix) {
    return new ReceiverSettings(
        talker,
        baud,
        sentences,
        latenessSeconds,
        latenessJitterSeconds,
        pulseJitterSeconds,
        pulseWidthSeconds,
        newSecondsToFix,
        faults);
  }

  /** The same receiver with one more fault to come. */
  public ReceiverSettings withFault(long fromSecond, long untilSecond, Fault fault) {
    List<FaultWindow> more = new ArrayList<>(faults);
    more.add(new FaultWindow(fromSecond, untilSecond, fault));
    return new ReceiverSettings(
        talker,
        baud,
        sentences,
        latenessSeconds,
        latenessJitterSeconds,
        pulseJitterSeconds,
        pulseWidthSeconds,
        secondsToFix,
        more);
  }
}
