package org.timeball.checks.guest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A leap second, made by the kernel because our code asked for it. */
final class KernelInsertsSecond implements Scenario {
  private static final Instant MIDNIGHT = Instant.parse("2027-07-01T00:00:00Z");

  private static final String ARMED = "insert leap second";
  private static final String DONE = "leap second has occurred";

  /** Enough for a busy machine to give the commands that come before midnight. */
  private static final int SECONDS_BEFORE = 12;

  @Override
  public String name() {
    return "kernel-leap";
  }

  @Override
  public String promise() {
    return "the kernel inserts the leap second it was asked for, and TAI goes on without a jump";
  }

  @Override
  public void play(Stage stage) throws Exception {
    Guest guest = stage.boot(GuestSettings.usual());
    GuestClockTool clock = GuestClockTool.start(guest);
    clock.obey("tai 37");
    long goal = MIDNIGHT.getEpochSecond() - SECONDS_BEFORE;
    clock.obey("step " + Math.round((goal - guest.clockSeconds()) * 1e9));
    clock.obey("quality true 0.001 0.0001");
    clock.obey("leap INSERT");
    double errorBefore = guest.clockError();
    // The kernel looks at what it was asked for when a second begins.
    guest.awaitKernel(ARMED);
    Promise.kept(
        guest.clockSeconds() < MIDNIGHT.getEpochSecond(),
        "this machine is too busy: midnight passed");
    List<String> answers = watch(guest);
    stage.tell(String.join(", ", answers));
    Promise.kept(
        answers.equals(List.of(ARMED, "leap second in progress", DONE)),
        "the kernel's states were " + answers);
    double moved = guest.clockError() - errorBefore;
    Promise.kept(Math.abs(moved + 1) < 0.2, "the clock moved by %.3f s".formatted(moved));
    long tai = guest.taiMinusUtc();
    Promise.kept(tai == 38, "CLOCK_TAI is " + tai + " s ahead");
    stage.tell("the clock went back by %.3f s, CLOCK_TAI is 38 s ahead".formatted(-moved));
    clock.obey("leap NONE");
    guest.awaitKernel("clock synchronized");
  }

  /** The kernel's different answers until the second has been inserted. */
  private static List<String> watch(Guest guest) throws Exception {
    List<String> answers = new ArrayList<>();
    while (!answers.contains(DONE) && guest.clockSeconds() < MIDNIGHT.getEpochSecond() + 5) {
      String answer = guest.kernel().answer();
      if (answers.isEmpty() || !answers.getLast().equals(answer)) {
        answers.add(answer);
      }
      Thread.sleep(100);
    }
    return answers;
  }
}
