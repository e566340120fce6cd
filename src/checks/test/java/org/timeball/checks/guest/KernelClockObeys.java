package org.timeball.checks.guest;

import java.util.List;

/** Each thing that can be asked of the kernel's clock, looked at with other people's programs. */
final class KernelClockObeys implements Scenario {
  /** The tolerance of a reading that takes a shell and a busy machine. */
  private static final double READING_SECONDS = 0.2;

  @Override
  public String name() {
    return "kernel-clock";
  }

  @Override
  public String promise() {
    return "the kernel's clock is stepped, its rate bent, its TAI offset and quality told, and a"
        + " stranger's step noticed";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual());
    GuestClockTool clock = GuestClockTool.start(guest);
    steps(stage, guest, clock);
    bendsItsRate(stage, guest, clock);
    knowsTai(stage, guest, clock);
    tellsItsQuality(stage, guest, clock);
    noticesStrangers(stage, guest);
  }

  private static void steps(Stage stage, Guest guest, GuestClockTool clock) throws Exception {
    for (long nanos : List.of(2_500_000_000L, -3_750_000_000L)) {
      double before = guest.clockError();
      clock.obey("step " + nanos);
      double moved = guest.clockError() - before;
      Promise.kept(
          Math.abs(moved - nanos * 1e-9) < READING_SECONDS,
          "a step of %d ns moved the clock by %.3f s".formatted(nanos, moved));
      stage.tell("step of %.3f s: moved by %.3f s".formatted(nanos * 1e-9, moved));
    }
  }

  private static void bendsItsRate(Stage stage, Guest guest, GuestClockTool clock)
      throws Exception {
    for (double ppm : List.of(123.25, -499.5, 2_345.0, 0.0)) {
      clock.obey("frequency " + ppm * 1e-6);
      KernelStatus kernel = guest.kernel();
      Promise.kept(
          Math.abs(kernel.ratePpm() - ppm) < 0.001,
          "asked for %.3f ppm, adjtimex shows %s".formatted(ppm, kernel));
      stage.tell(
          "rate of %.2f ppm: frequency %.2f ppm, tick %d us"
              .formatted(ppm, kernel.frequencyPpm(), kernel.tickMicros()));
    }
  }

  private static void knowsTai(Stage stage, Guest guest, GuestClockTool clock) throws Exception {
    clock.obey("tai 37");
    long seconds = guest.taiMinusUtc();
    Promise.kept(seconds == 37, "told TAI is 37 s ahead, CLOCK_TAI is " + seconds + " s ahead");
    stage.tell("CLOCK_TAI is 37 s ahead of CLOCK_REALTIME");
  }

  private static void tellsItsQuality(Stage stage, Guest guest, GuestClockTool clock)
      throws Exception {
    Promise.kept(guest.kernel().isUnsynchronised(), "synchronised before anybody said so");
    clock.obey("quality true 0.002 0.0001");
    KernelStatus good = guest.kernel();
    // The kernel lets the error grow by 500 ppm until it is told again.
    Promise.kept(
        !good.isUnsynchronised()
            && good.answer().equals("clock synchronized")
            && good.maximumErrorMicros() >= 2_000
            && good.maximumErrorMicros() < 1_000_000,
        "told it is good, adjtimex shows " + good);
    clock.obey("quality false 16 16");
    Promise.kept(guest.kernel().isUnsynchronised(), "told it is bad, UNSYNC is not set");
    stage.tell("UNSYNC cleared and set again, maximum error " + good.maximumErrorMicros() + " us");
  }

  private static void noticesStrangers(Stage stage, Guest guest) throws Exception {
    int mark = guest.console().size();
    guest.run("date -s '2031-01-01 00:00:00'");
    stage.tell(guest.console().await(mark, "clock: somebody else moved it by \\d{17,} ns", 2));
  }
}
