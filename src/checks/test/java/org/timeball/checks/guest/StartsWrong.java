package org.timeball.checks.guest;

import java.util.Optional;

/** From a wrong clock to a server of stratum 1, by pulses and sentences alone. */
final class StartsWrong implements Scenario {
  /** A crystal that is slow by this is a poor one, and well above the noise of the pulses. */
  private static final double RATE_ERROR = 150e-6;

  /**
   * Seconds: the clock is set to whole seconds, so by chance it is right, and nobody need say so.
   */
  private static final double PLAINLY_WRONG = 0.05;

  private final String name;
  private final String how;
  private final long clockErrorSeconds;

  StartsWrong(String name, String how, long clockErrorSeconds) {
    this.name = name;
    this.how = how;
    this.clockErrorSeconds = clockErrorSeconds;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String promise() {
    return "booted "
        + how
        + ", it says that it knows nothing until the time is proven, then serves it at stratum 1";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest =
        stage.boot(
            GuestSettings.usual().withClockError(clockErrorSeconds).withRateError(RATE_ERROR));
    double off = guest.clockError();
    stage.tell("the clock is %.3f s off".formatted(off));
    GuestDaemon daemon = GuestDaemon.start(guest);

    NtpReply first = guest.served().await("a first reply", 0, 10, reply -> true);
    Promise.kept(!first.isSynchronised(), "served before anything was proven: " + first);
    stage.tell("first reply: " + first);
    if (Math.abs(off) > PLAINLY_WRONG) {
      stage.tell(daemon.await("date and second are proven", 20));
    }
    stage.tell(daemon.await("synchronised to gps", 20));

    NtpReply good = guest.served().awaitGood(0, 20);
    stage.tell("synchronised: " + good);
    Promise.kept(
        good.stratum() == 1 && good.referenceId().equals("GPS"), "not of stratum 1: " + good);
    Patience.until(
        "a kernel that calls itself synchronised",
        2,
        () -> when(!guest.kernel().isUnsynchronised()));

    double ppm =
        Patience.until(
            "a kernel rate near %.0f ppm".formatted(RATE_ERROR * 1e6),
            40,
            () ->
                Optional.of(guest.kernel().ratePpm())
                    .filter(rate -> Math.abs(rate - RATE_ERROR * 1e6) < 20));
    stage.tell("the kernel's clock runs %.1f ppm fast to make up for its crystal".formatted(ppm));
    stage.tell(guest.everyReplyWasTrue(0));
  }

  private static Optional<Boolean> when(boolean now) {
    return now ? Optional.of(true) : Optional.empty();
  }
}
