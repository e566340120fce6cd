package org.timeball.checks.tidy;

/**
 * What is wrong at one place.
 *
 * @param line counted from 1; 0 for the whole file
 */
record Complaint(int line, String sentence) {
  @Override
  public String toString() {
    return line == 0 ? sentence : line + ": " + sentence;
  }
}
