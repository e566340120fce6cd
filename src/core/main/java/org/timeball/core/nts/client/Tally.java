package org.timeball.core.nts.client;

import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, and remembers the last failure until keys are there again. */
final class Tally {
  /** Reasons told apart; a server that finds more has the rest counted together. */
  private static final int MOST_REASONS = 16;

  private final Map<String, Long> reasons = new TreeMap<>();
  private long attempts;
  private long failures;
  private long authentic;
  private long cookiesRefused;
  private long ignored;
  private boolean authenticSinceGrant;
  private String lastFailure = "";

  void attempt() {
    attempts++;
  }

  void granted() {
    lastFailure = "";
    authenticSinceGrant = false;
  }

  /** Whether this failure is another one than the last. */
  boolean failed(String reason) {
    failures++;
    reasons.merge(
        reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : "other",
        1L,
        Long::sum);
    boolean isNew = !reason.equals(lastFailure);
    lastFailure = reason;
    return isNew;
  }

  void authentic() {
    authentic++;
    authenticSinceGrant = true;
  }

  void cookieRefused() {
    cookiesRefused++;
  }

  void ignored() {
    ignored++;
  }

  boolean isAuthenticSinceGrant() {
    return authenticSinceGrant;
  }

  long attempts() {
    return attempts;
  }

  long failures() {
    return failures;
  }

  Map<String, Long> failureReasons() {
    return reasons;
  }

  long authenticReplies() {
    return authentic;
  }

  long cookiesRefused() {
    return cookiesRefused;
  }

  long ignoredReplies() {
    return ignored;
  }

  String lastFailure() {
    return lastFailure;
  }
}
