package org.timeball.checks.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.ke.KeAnswer;
import org.timeball.core.nts.ke.KeClient;
import org.timeball.core.nts.ke.KeError;
import org.timeball.core.nts.ke.KeResult;
import org.timeball.core.nts.ke.KeServer;

/** What a server sends back. */
final class KeResponseTarget implements FuzzTarget {
  @Override
  public String name() {
    return "ke-response";
  }

  @Override
  public String promise() {
    return "gives a client 1 to 8 cookies that fit into a request, or a reason in words";
  }

  @Override
  public List<byte[]> seeds() {
    KeServer server = new KeServer(Optional.of("ntp.example.net"), OptionalInt.of(4123));
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(
        server.response(
            new KeAnswer.Granted(AeadAlgorithm.AES_SIV_CMAC_256, false),
            Collections.nCopies(8, Packets.cookie(AeadAlgorithm.AES_SIV_CMAC_256))));
    seeds.add(
        server.response(
            new KeAnswer.Granted(AeadAlgorithm.AES_SIV_CMAC_512, true), List.of(new byte[12])));
    seeds.add(server.response(KeAnswer.NothingInCommon.ALGORITHM, List.of()));
    seeds.add(server.response(new KeAnswer.Refused(KeError.BAD_REQUEST), List.of()));
    return seeds;
  }

  @Override
  public void accept(byte[] octets) {
    switch (KeClient.judge(octets)) {
      case KeResult.Granted granted -> {
        Promise.kept(
            !granted.cookies().isEmpty() && granted.cookies().size() <= KeClient.MOST_COOKIES,
            granted.cookies().size() + " cookies");
        Promise.kept(
            granted.cookies().stream()
                .allMatch(c -> c.length % 4 == 0 && c.length <= KeClient.LONGEST_COOKIE),
            "a cookie that does not fit");
        Promise.kept(KeClient.OFFERED.contains(granted.algorithm()), "what was not offered");
        Promise.kept(
            granted.ntpServer().map(name -> name.matches("[!-~]{1,253}")).orElse(true),
            "a server that a log chokes on");
        Promise.kept(granted.ntpPort().orElse(1) > 0, "port 0");
      }
      case KeResult.Refused(String why) -> Promise.kept(why.matches("[ -~]{10,}"), "why: " + why);
    }
  }
}
