package org.timeball.server.decode;

import org.timeball.spi.Label;

/** What a driver found in a recording. */
public sealed interface Finding {
  /** A moment was named. */
  record Instant(Label label) implements Finding {}

  /**
   * Something was not used.
   *
   * @param reason a short constant phrase
   */
  record Refusal(String reason, String detail) implements Finding {}

  /** A sentence for the operator. */
  record Remark(String sentence) implements Finding {}
}
