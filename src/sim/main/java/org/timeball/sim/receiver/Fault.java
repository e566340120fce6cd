package org.timeball.sim.receiver;

/** Something that goes wrong with a receiver, its antenna or its cable. */
public sealed interface Fault {
  /** The antenna is gone: no fix, sentences marked invalid, and no pulses, as most receivers do. */
  record NoFix() implements Fault {}

  /** Nothing comes down the serial line; the pulses go on. */
  record SilentLine() implements Fault {}

  /** Sentences go on as if all were well, but no pulse comes: a broken wire. */
  record NoPulses() implements Fault {}

  /** The pulse's leading edge falls instead of rising. */
  record InvertedPulse() implements Fault {}

  /**
   * Every pulse is followed by another one: a bouncing relay, or a cable that reflects.
   *
   * @param seconds by which it comes later; more than a pulse's width and less than a second
   */
  record DoubledPulses(double seconds) implements Fault {}

  /**
   * The date is too early by a multiple of 1024 weeks, because the receiver's firmware has outlived
   * its epoch.
   *
   * @param rollovers how many times 1024 weeks
   */
  record WeekRollover(int rollovers) implements Fault {}

  /**
   * Sentences come later than usual.
   *
   * @param seconds above 0; near 0.5 they seem to belong to either second
   */
  record LateSentences(double seconds) implements Fault {}

  /**
   * The time is wrong by whole seconds, as while a receiver does not yet know the leap seconds.
   *
   * @param seconds what is added to the true time
   */
  record WrongSecond(int seconds) implements Fault {}

  /**
   * Noise on the line.
   *
   * @param share of octets that are replaced, 0 to 1
   */
  record Noise(double share) implements Fault {}
}
