package org.timeball.cli;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.timeball.core.keys.KeyAlgorithm;
import org.timeball.core.keys.SymmetricKey;
import org.timeball.platform.process.KernelRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code timeball keygen}. */
@Command(
    name = "keygen",
    description = {
      "Makes a symmetric key and prints it as a line for a key file; chrony reads it too.",
      "Append it to the file on both machines, and let nobody else see it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the key was printed", "2:the command line is wrong"})
final class KeygenCommand implements Callable<Integer> {
  /** As long as the largest digest that fits a packet of version 4. */
  private static final int USUAL_SECRET = 20;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Identifier of the key, 1 to 4294967295; ntpd allows 65535 at most.")
  private long id;

  @Parameters(
      index = "1",
      paramLabel = "ALGORITHM",
      defaultValue = "AES128",
      description =
          "AES128, AES256, SHA256, SHA384, SHA512, or for old peers SHA1 and MD5;"
              + " ${DEFAULT-VALUE} unless given.")
  private String algorithm;

  @Override
  public Integer call() throws CommandFailure {
    if (id < 1 || id > SymmetricKey.LARGEST_ID) {
      throw new CommandFailure(
          ExitCode.USAGE, "key identifier " + id + " is outside 1 to 4294967295");
    }
    KeyAlgorithm chosen =
        KeyAlgorithm.ofName(algorithm)
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "there is no algorithm '%s'; there are %s"
                        .formatted(algorithm, List.of(KeyAlgorithm.values()))));
    KernelRandom random = new KernelRandom();
    byte[] secret = new byte[chosen.isCipher() ? chosen.secretLength() : USUAL_SECRET];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) random.getAsLong();
    }
    spec.commandLine()
        .getOut()
        .println("%d %s HEX:%s".formatted(id, chosen, HexFormat.of().formatHex(secret)));
    return ExitCode.OK;
  }
}
