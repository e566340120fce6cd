package org.timeball.checks.guest;

import java.util.List;
import org.timeball.sim.receiver.Fault;
import org.timeball.time.Leap;

/** The receiver loses its satellites, and finds them again. */
final class LosesAntenna implements Scenario {
  @Override
  public String name() {
    return "outage";
  }

  @Override
  public String promise() {
    return "without pulses the clock holds over and its replies admit a growing error; when pulses"
        + " come back it recovers without a step";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual());
    GuestDaemon daemon = GuestDaemon.start(guest);
    guest.served().awaitGood(0, 40);
    int synchronised = guest.console().size();
    stage.tell("synchronised");

    int beforeOutage = guest.served().size();
    guest.receiver().suffer(new Fault.NoFix());
    stage.tell(daemon.await("holds over", 30));
    int inHoldover = guest.served().size();
    NtpReply early = guest.served().await("a reply in hold-over", inHoldover, 2, reply -> true);
    NtpReply late =
        guest
            .served()
            .await(
                "a larger root dispersion",
                inHoldover,
                15,
                reply -> reply.rootDispersion() > early.rootDispersion() + 50e-6);
    Promise.kept(
        late.isSynchronised() && late.stratum() == 1 && late.leap() == Leap.NONE,
        "a good clock was given up: " + late);
    stage.tell(
        "root dispersion grew from %.6f s to %.6f s"
            .formatted(early.rootDispersion(), late.rootDispersion()));
    growsOnly(guest.served().since(inHoldover));

    guest.receiver().recover();
    stage.tell(guest.console().await(guest.console().size() - 1, "synchronised to gps", 20));
    guest.served().awaitGood(guest.served().size(), 10);
    Promise.kept(
        guest.console().since(synchronised).stream().noneMatch(line -> line.contains("stepped")),
        "the clock was stepped after it had been right");
    stage.tell("recovered without a step");
    stage.tell(guest.everyReplyWasTrue(beforeOutage));
  }

  private static void growsOnly(List<NtpReply> replies) {
    for (int i = 1; i < replies.size(); i++) {
      // A reply counts in units of 2^-16 s.
      Promise.kept(
          replies.get(i).rootDispersion() >= replies.get(i - 1).rootDispersion() - 0x1p-16,
          "the error was said to shrink while nothing was heard: " + replies.get(i));
    }
  }
}
