package org.timeball.core.select;

/** What became of a source, and why (RFC 5905, section 11.2.1). */
public enum Fate {
  /** Followed. */
  SELECTED("followed"),
  /** As right as the one that is followed. */
  TRUECHIMER("agrees with the one that is followed"),
  /** Outside the interval that the majority shares. */
  FALSETICKER("disagrees with the majority"),
  /** Outside the interval that the trusted sources share. */
  OUTVOTED_BY_TRUST("disagrees with the sources that are trusted"),
  /** No interval is shared by a majority. */
  NO_MAJORITY("no majority agrees"),
  /** Fewer sources than the operator asks for. */
  TOO_FEW("fewer sources agree than are asked for"),
  /** No source agrees that the operator requires. */
  REQUIRED_MISSING("none of the sources marked require agrees"),
  NOSELECT("marked noselect"),
  NOT_PROVEN("not proven yet"),
  UNREACHABLE("nothing good has come lately"),
  JUMPED("jumped, and it has not lasted"),
  ORPHAN("serves its own clock, for want of a source"),
  SMEARED("spreads a leap second over hours, so what it shows is not UTC"),
  UNSYNCHRONISED("says that it is not synchronised"),
  LOOP("follows us"),
  PASSES_ON("says again what another source here says"),
  OFFLINE("offline"),
  REFUSED("refuses to serve us"),
  NOT_CERTIFIED("its certificate is not valid now"),
  TOO_DISTANT("its root distance is too large");

  private final String reason;

  Fate(String reason) {
    this.reason = reason;
  }

  /** In words, to follow a source's name. */
  public String reason() {
    return reason;
  }

  static Fate of(Candidate.Fit fit) {
    return switch (fit) {
      case FIT -> throw new IllegalArgumentException("a fit source is not rejected for itself");
      case NOT_PROVEN -> NOT_PROVEN;
      case UNREACHABLE -> UNREACHABLE;
      case JUMPED -> JUMPED;
      case ORPHAN -> ORPHAN;
      case SMEARED -> SMEARED;
      case UNSYNCHRONISED -> UNSYNCHRONISED;
      case LOOP -> LOOP;
      case PASSES_ON -> PASSES_ON;
      case OFFLINE -> OFFLINE;
      case REFUSED -> REFUSED;
      case NOT_CERTIFIED -> NOT_CERTIFIED;
      case TOO_DISTANT -> TOO_DISTANT;
    };
  }
}
