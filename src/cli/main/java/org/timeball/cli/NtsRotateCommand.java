package org.timeball.cli;

import picocli.CommandLine.Command;

/** {@code timeball nts rotate}. */
@Command(
    name = "rotate",
    description = {
      "Lets the running server seal cookies with a new secret. Keys change by themselves once a"
          + " day; this is for when the file of the keys may have been seen by others.",
      "Cookies of the old secret are accepted for their time. To refuse them at once, remove the"
          + " lines that begin with 'retired' from the file: the server reads it again."
    })
final class NtsRotateCommand extends AskCommand {
  NtsRotateCommand() {
    super("rotate-nts-keys");
  }
}
