package org.timeball.server.control;

/** What the daemon does when it is asked to. Called from the control thread alone. */
@FunctionalInterface
public interface Commands {
  /**
   * Carries out one command.
   *
   * @param command its name, such as {@code status}
   * @throws Refused if it cannot; the message says why
   */
  Answer carryOut(String command) throws Refused;

  /** A command that was not carried out, in a sentence for people. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }
}
