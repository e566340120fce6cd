package org.timeball.checks.guest;

import java.util.Optional;

/** What was learned is there after an end, announced or not. */
final class Restarts implements Scenario {
  private static final double RATE_ERROR_PPM = 150;

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public String promise() {
    return "after a stop, and after kill -9, it starts with the rate it had learned and serves"
        + " again";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual().withRateError(RATE_ERROR_PPM * 1e-6));
    GuestDaemon daemon = GuestDaemon.start(guest);
    guest.served().awaitGood(0, 40);
    awaitRate(guest, 40);
    daemon.stop();
    Promise.kept(
        guest.kernel().isUnsynchronised(), "nobody looks after the clock, and it says it is good");
    stage.tell("stopped; learned: " + guest.run("grep frequency " + GuestDaemon.LEARNED));

    // The kernel would keep the rate; so it is taken away, as a reboot would.
    guest.run("adjtimex -q -f 0 -t 10000");
    daemon = GuestDaemon.start(guest);
    guest.served().awaitGood(guest.served().size(), 40);
    awaitRate(guest, 5);
    stage.tell("started again: the learned rate is in force");
    daemon.kill();

    guest.run("adjtimex -q -f 0 -t 10000");
    GuestDaemon.start(guest);
    guest.served().awaitGood(guest.served().size(), 40);
    awaitRate(guest, 5);
    stage.tell("killed and started again: the learned rate is in force");
    stage.tell(guest.everyReplyWasTrue(0));
  }

  private static void awaitRate(Guest guest, double idleSeconds) throws Exception {
    Patience.until(
        "the learned rate",
        idleSeconds,
        () ->
            Optional.of(guest.kernel().ratePpm())
                .filter(rate -> Math.abs(rate - RATE_ERROR_PPM) < 20));
  }
}
