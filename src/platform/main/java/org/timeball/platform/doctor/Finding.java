package org.timeball.platform.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what, such as {@code /dev/pps0} or {@code UDP port 123}
 * @param found what was found, a short sentence
 * @param advice what to do; empty if nothing needs to be done
 */
public record Finding(String subject, Verdict verdict, String found, String advice) {
  /** How it stands. */
  public enum Verdict {
    /** As it should be. */
    GOOD,
    /** Works, but could be better; or good to know. */
    NOTE,
    /** Will not work as asked. */
    PROBLEM
  }

  static Finding good(String subject, String found) {
    return new Finding(subject, Verdict.GOOD, found, "");
  }

  static Finding note(String subject, String found, String advice) {
    return new Finding(subject, Verdict.NOTE, found, advice);
  }

  static Finding problem(String subject, String found, String advice) {
    return new Finding(subject, Verdict.PROBLEM, found, advice);
  }
}
