package org.timeball.checks.guest;

import java.util.Optional;

/** The kernel's own phase-locked loop steers, told offsets by the daemon. */
final class KernelLoopSteers implements Scenario {
  private static final double RATE_ERROR = 150e-6;

  /** As {@link StartsWrong} has it: far above the noise of the pulses. */
  private static final double RATE_TOLERANCE_PPM = 20;

  @Override
  public String name() {
    return "kernel-loop";
  }

  @Override
  public String promise() {
    return "with discipline = \"kernel\" the kernel's loop steers at the crystal's rate, and"
        + " clients and the operator are told the truth";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual().withRateError(RATE_ERROR));
    Promise.kept(!guest.kernel().isLoopOn(), "the loop was on before the daemon began");
    GuestDaemon daemon = GuestDaemon.startWithDiscipline(guest, "kernel");
    guest.served().awaitGood(0, 40);
    stage.tell("synchronised");

    KernelStatus begun =
        Patience.until(
            "the kernel's loop", 120, () -> Optional.of(guest.kernel()).filter(k -> k.isLoopOn()));
    stage.tell("the loop is on, at %.3f ppm".formatted(begun.ratePpm()));
    // The daemon sets the rate once, where the loop begins: whatever moves it later is the loop.
    double moved = begun.ratePpm();
    for (int offset = 1; offset <= 2; offset++) {
      double before = moved;
      moved =
          Patience.until(
              "another rate, set by the loop",
              25,
              () -> Optional.of(guest.kernel().ratePpm()).filter(rate -> rate != before));
      stage.tell("the loop moved the rate by %+.4f ppm".formatted(moved - before));
    }
    KernelStatus kernel = guest.kernel();
    Promise.kept(
        kernel.isLoopOn() && !kernel.isUnsynchronised(),
        "the loop is off or the clock unsynchronised: " + kernel);
    Promise.kept(
        Math.abs(kernel.ratePpm() - RATE_ERROR * 1e6) < RATE_TOLERANCE_PPM,
        "the loop is far from %.0f ppm: %s".formatted(RATE_ERROR * 1e6, kernel));

    int mark = guest.served().size();
    String status = daemon.status();
    status.lines().forEach(stage::tell);
    Promise.kept(
        status.contains("- set") && !status.contains("NaN"),
        "the operator is told a rate that nobody set, since the loop changes it");
    guest.served().awaitGood(mark, 5);
    stage.tell(guest.everyReplyWasTrue(0));

    daemon.stop();
    Promise.kept(!guest.kernel().isLoopOn(), "the loop was left on without anybody to tell it");
    stage.tell("stopped, and the loop is off");
  }
}
