package org.timeball.server.config;

/** What a listener does with Network Time Security. */
public enum NtsUse {
  /** Clients may use it, if there is a table {@code [nts]}. */
  OFFERED,
  /** Clients that do not use it get no answer. */
  REQUIRED
}
