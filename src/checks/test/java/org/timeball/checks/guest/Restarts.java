package org.timeball.checks.guest;

import java.util.Optional;

/** What was learned is there after an end, announced or not. */
final class Restarts implements Scenario {
  private static final double RATE_ERROR = 150e-6;

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
    Guest guest = stage.boot(GuestSettings.usual().withRateError(RATE_ERROR));
    GuestDaemon daemon = GuestDaemon.start(guest);
    guest.served().awaitGood(0, 40);
    Patience.until(
        "a kernel rate near %.0f ppm, and a server that is sure of it".formatted(RATE_ERROR * 1e6),
        60,
        () ->
            Optional.of(guest.kernel().ratePpm())
                .filter(rate -> Math.abs(rate - RATE_ERROR * 1e6) < 30)
                .filter(_ -> guest.served().since(0).getLast().rootDispersion() < 0.003));
    daemon.stop();
    Promise.kept(
        guest.kernel().isUnsynchronised(),
        "nobody looks after the clock, and the kernel calls it synchronised");
    String learned = guest.run("grep frequency " + GuestDaemon.LEARNED);
    double ppm = Double.parseDouble(learned.replace("frequency ", "")) * 1e6;
    Promise.kept(ppm > RATE_ERROR * 1e6 / 3, "the crystal's rate was not learned: " + learned);
    stage.tell("stopped; learned: " + learned);

    daemon = startsWith(guest, ppm);
    stage.tell("started again with the learned rate, and serves");
    daemon.kill();
    startsWith(guest, ppm);
    stage.tell("killed, and started again with the learned rate, and serves");
    stage.tell(guest.everyReplyWasTrue(0));
  }

  private static GuestDaemon startsWith(Guest guest, double ppm) throws Exception {
    // The kernel would keep the rate; so it is taken away, as a reboot would.
    guest.run("adjtimex -q -f 0 -t 10000");
    int before = guest.served().size();
    GuestDaemon daemon = GuestDaemon.start(guest);
    Patience.until(
        "the learned rate of %.1f ppm".formatted(ppm),
        15,
        () -> Optional.of(guest.kernel().ratePpm()).filter(rate -> Math.abs(rate - ppm) < 0.1));
    guest.served().awaitGood(before, 40);
    return daemon;
  }
}
