package org.timeball.server.brain;

import java.lang.System.Logger;
import java.util.List;
import java.util.function.Consumer;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.SystemClock;
import org.timeball.core.SystemClock.ClockException;

/**
 * Carries out what the brain decided, in its order, on the brain's thread.
 *
 * <p>A clock that refuses is an event for the brain, which tells the operator and knows from then
 * on that its corrections do not arrive.
 */
final class ActionExecutor {
  private static final Logger LOG = System.getLogger("timeball");

  private final SystemClock clock;
  private final BrainHost host;
  private final Consumer<Event> refusals;

  /**
   * An executor for one clock.
   *
   * @param host takes what concerns other threads
   * @param refusals takes the event that the clock refused
   */
  ActionExecutor(SystemClock clock, BrainHost host, Consumer<Event> refusals) {
    this.clock = clock;
    this.host = host;
    this.refusals = refusals;
  }

  void carryOut(List<Action> actions) {
    for (Action action : actions) {
      try {
        carryOut(action);
      } catch (ClockException e) {
        refusals.accept(new Event.ClockRefused(e.getMessage()));
      }
    }
  }

  private void carryOut(Action action) throws ClockException {
    switch (action) {
      case Action.SetFrequency(double frequency) -> clock.setFrequency(frequency);
      case Action.LockPhase(double offset, int constant) -> clock.lockPhase(offset, constant);
      case Action.Step(long nanos) -> clock.step(nanos);
      case Action.ReportQuality(boolean synchronised, double maximum, double estimated) ->
          clock.reportQuality(synchronised, maximum, estimated);
      case Action.ArmLeap(var leap) -> clock.armLeap(leap);
      case Action.SetTai(int seconds) -> clock.setTai(seconds);
      case Action.Publish(ServerState newState) -> host.publish(newState);
      case Action.Notice(var level, String sentence) -> LOG.log(levelOf(level), sentence);
      case Action.Ask question -> host.ask(question);
      case Action.OfPool ofPool -> host.carryOut(ofPool);
      case Action.Transmit packet -> host.transmit(packet);
      case Action.SaveState(String text) -> host.keep(text);
      case Action.Direct direction -> host.direct(direction);
      case Action.Establish wish -> host.establish(wish);
      case Action.KeepCookies(String text) -> host.keepCookies(text);
    }
  }

  private static Logger.Level levelOf(Action.Notice.Level level) {
    return switch (level) {
      case INFO -> Logger.Level.INFO;
      case WARNING -> Logger.Level.WARNING;
      case ERROR -> Logger.Level.ERROR;
    };
  }
}
