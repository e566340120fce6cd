package org.timeball.driver.nmea;

import org.timeball.time.UtcTime;

/** What a sentence that names time turned out to say. */
sealed interface Reading {
  /**
   * A moment.
   *
   * @param dated whether the sentence named the day itself
   * @param vouched whether the receiver says that it comes from satellites
   */
  record Moment(UtcTime utc, boolean dated, boolean vouched) implements Reading {}

  /** Nothing to be used, for this reason. */
  record Refused(String reason) implements Reading {}

  /** No time, and none to be expected: a receiver that has just been switched on. */
  record Silent() implements Reading {}

  Reading SILENT = new Silent();

  /** The receiver says that its own time is not to be used. */
  Reading NO_FIX = new Refused("no fix");

  Reading NO_SUCH_TIME = new Refused("no such time");
  Reading NO_SUCH_DATE = new Refused("no such date");

  /** A time of day, and no sentence with a date within the last hour. */
  Reading NO_DATE = new Refused("no date");
}
