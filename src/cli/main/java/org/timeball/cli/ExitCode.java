package org.timeball.cli;

/** What the command's exit codes mean; each subcommand's help lists those it uses. */
final class ExitCode {
  /** It did what was asked. */
  static final int OK = 0;

  /** It did what was asked and the answer is no: not synchronised, no answer, problems found. */
  static final int NO = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** A fault of this program (sysexits: EX_SOFTWARE). */
  static final int FAULT = 70;

  /** A file that the user gave is wrong (sysexits: EX_CONFIG). */
  static final int CONFIGURATION = 78;

  /** Something outside failed: a device, a socket, a file (sysexits: EX_IOERR). */
  static final int IO = 74;

  /** A program that must be running is not (sysexits: EX_UNAVAILABLE). */
  static final int UNAVAILABLE = 69;

  private ExitCode() {}
}
