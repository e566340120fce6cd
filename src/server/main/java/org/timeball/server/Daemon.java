package org.timeball.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.ServerState;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.brain.NtsSetup;
import org.timeball.core.brain.TimeServerBrain;
import org.timeball.core.control.LightPattern;
import org.timeball.core.control.StatusReport;
import org.timeball.core.nts.client.NtsTools;
import org.timeball.core.packet.PacketKeys;
import org.timeball.crypto.Aeads;
import org.timeball.crypto.KeyRing;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.RealTimeClock;
import org.timeball.platform.gpio.FrontPanels;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.brain.BrainHost;
import org.timeball.server.brain.BrainQueue;
import org.timeball.server.brain.BrainThread;
import org.timeball.server.brain.StateKeeper;
import org.timeball.server.config.ClockSettings;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.GpioSettings;
import org.timeball.server.control.Commands;
import org.timeball.server.control.ControlServer;
import org.timeball.server.line.RefclockLines;
import org.timeball.server.log.LogSetup;
import org.timeball.server.nts.NtsService;
import org.timeball.server.nts.client.CookieFile;
import org.timeball.server.report.DaemonReport;
import org.timeball.server.report.ReportText;

/**
 * The time server: a page of constructor calls in the order of their dependencies, and the same
 * page backwards at the end. Safe for several threads once it is started.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = System.getLogger("timeball");

  private static final String UP = "answers clients";

  /** Name of the file in the state directory. */
  static final String LEARNED = "learned";

  /** Name of the file in the state directory. */
  static final String COOKIES = "nts-cookies";

  /** A brain that does not answer for so long is not well; the watchdog sees it too. */
  private static final long ANSWER_SECONDS = 5;

  private final Surroundings surroundings;
  private final Shutdown shutdown;
  private final HostClock clock;
  private final long startedRawNanos;
  private final AtomicReference<ServerState> published;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final BrainQueue queue;
  private final Optional<NtsService> nts;
  private final Listeners listeners;
  private final StateKeeper state;
  private final BrainThread<TimeServerBrain> brain;
  private final RefclockLines lines;
  private final Associations associations;
  private final StateKeeper cookies;
  private final DaemonCommands commands;
  private Optional<Thermometer> thermometer = Optional.empty();

  private Daemon(Configuration configuration, Surroundings surroundings, Shutdown shutdown)
      throws IOException {
    this.surroundings = surroundings;
    this.shutdown = shutdown;
    clock = shutdown.later(surroundings.clock());
    startedRawNanos = clock.nowRawNanos();
    published = new AtomicReference<>(ServerState.unsynchronized(clock.precisionExponent()));
    queue = new BrainQueue();

    // Clients are answered from here on, honestly: not synchronised. All that is slow comes later.
    nts = NtsServing.of(configuration, surroundings.stateDirectory(), clock);
    warnOfKeys(configuration);
    listeners =
        shutdown.later(new Listeners(published, clock, nts.map(service -> service::replies)));
    listeners.listenOn(configuration.listeners(), configuration.keys());

    state = shutdown.later(new StateKeeper(surroundings.stateDirectory().resolve(LEARNED)));
    cookies =
        shutdown.later(
            new StateKeeper(
                new CookieFile(surroundings.stateDirectory().resolve(COOKIES)), "cookies"));
    brain =
        shutdown.later(
            new BrainThread<>(
                brain(configuration, state.earlier(), cookies.earlier()),
                clock,
                queue,
                new Host()));
    tellOfLeapSeconds(configuration);
    lines =
        shutdown.later(new RefclockLines(surroundings.devices(), clock::nowRawNanos, queue::put));
    associations =
        shutdown.later(new Associations(listeners, clock, queue::put, surroundings.names()));
    clock.watchRealtime(this::realtimeJumped);
    lines.serve(configuration.refclocks());
    associations.serve(configuration);
    brain.start();
    shutdown.later(() -> thermometer.ifPresent(Thermometer::close));
    readTemperature(configuration.clock().temperature());
    if (nts.isPresent()) {
      shutdown.later(nts.get()).start();
    }
    commands = new DaemonCommands(this, configuration, surroundings.reload());
    shutdown.later(ControlServer.open(surroundings.runDirectory(), commands, clock::nowRawNanos));
    if (configuration.gpio().isUsed()) {
      shutdown.later(panel(configuration.gpio()));
    }
    surroundings.urgency().apply();
    shutdown.later(WarmUp.begin(published, clock));
  }

  private StatusPanel panel(GpioSettings pins) {
    return new StatusPanel(
        () -> FrontPanels.open(pins.led(), pins.button()),
        this::lightPattern,
        () -> ReportText.why(report().time()));
  }

  private LightPattern lightPattern() {
    try {
      return LightPattern.of(answerOf(brain.ask(TimeServerBrain::state)));
    } catch (IllegalStateException e) {
      return LightPattern.FAST;
    }
  }

  /**
   * Starts a daemon; returns when clients are answered and everything else has begun.
   *
   * @throws StartFailure if a socket cannot be had; nothing stays open then
   */
  public static Daemon start(Configuration configuration, Surroundings surroundings)
      throws StartFailure {
    Shutdown shutdown = new Shutdown();
    try {
      return new Daemon(configuration, surroundings, shutdown);
    } catch (IOException e) {
      shutdown.close();
      throw new StartFailure(e.getMessage(), e);
    }
  }

  /**
   * Tells the service manager that the service is up. Not before signals are handled: from then on
   * the manager may send one, and a SIGHUP that nobody handles ends the process.
   */
  public void announce() {
    surroundings.manager().ready(UP);
  }

  /** Everything there is to tell. */
  public DaemonReport report() {
    StatusReport time = answerOf(brain.ask(b -> b.status(clock.read())));
    return new DaemonReport(
        surroundings.build().version(),
        upNanos() * 1e-9,
        time,
        listeners.report(),
        nts.map(NtsService::report),
        queue.dropped(),
        surroundings.urgency().inForce());
  }

  /**
   * Replaces the secret that cookies of Network Time Security are sealed with.
   *
   * @return false if Network Time Security is not served
   * @throws IOException if the new one cannot be kept
   */
  boolean rotateCookieKeys() throws IOException {
    if (nts.isPresent()) {
      nts.get().rotate();
    }
    return nts.isPresent();
  }

  /**
   * Asks servers or not, until the next word or restart.
   *
   * @param name of a server or pool; empty for all of them
   * @return whether there are any by that name
   */
  boolean setOnline(String name, boolean online) {
    return answerOf(brain.ask(b -> b.setOnline(name, online, clock.read())));
  }

  /** How long it has been running. */
  public long upNanos() {
    return clock.nowRawNanos() - startedRawNanos;
  }

  /** What replies say now. */
  public ServerState published() {
    return published.get();
  }

  /**
   * Brings what runs into line with a new configuration. If a listener cannot be had, nothing
   * changes.
   *
   * <p>Sources that are not changed go on undisturbed. A change of how the clock is steered, or of
   * the server's role, starts the brain anew with what the old one had learned: the server is not
   * synchronised for some seconds.
   *
   * @throws IOException if a listener cannot be had; the message says why
   */
  void change(Configuration before, Configuration after) throws IOException {
    boolean sourcesChange =
        !before.sources().equals(after.sources())
            || !before.broadcasts().equals(after.broadcasts())
            || !before.manycasts().equals(after.manycasts());
    boolean brainChanges =
        !before.clock().equals(after.clock()) || !before.role().equals(after.role());
    boolean portsChange =
        !before.listeners().equals(after.listeners()) || sourcesChange || brainChanges;
    if (portsChange) {
      associations.leaveListeners();
    }
    try {
      listeners.listenOn(after.listeners(), after.keys());
    } catch (IOException e) {
      associations.useListeners(before);
      throw e;
    }
    LogSetup.level(after.log().level());
    associations.useKeys(after);
    warnOfKeys(after);
    boolean linesChange = !before.refclocks().equals(after.refclocks());
    if (brainChanges) {
      lines.serve(List.of());
      associations.askNobody();
      associations.askServers(after);
      brain.replace(old -> brain(after, old.learnedState(), old.cookies()));
      readTemperature(after.clock().temperature());
      lines.serve(after.refclocks());
    } else if (linesChange || sourcesChange || !before.keys().equals(after.keys())) {
      if (linesChange) {
        lines.serve(List.of());
      }
      associations.askServers(after);
      BrainSettings settings = settings(after);
      PacketKeys fresh = new KeyRing(after.keys().keys());
      answerOf(
          brain.ask(b -> {
            b.changeSources(settings, fresh, clock.read());
            return true;
          }));
      if (linesChange) {
        lines.serve(after.refclocks());
      }
    }
    if (portsChange) {
      associations.useListeners(after);
    }
    surroundings.urgency().apply();
    // The file may have changed though its name has not, and a new brain has not seen it.
    tellOfLeapSeconds(after);
  }

  private TimeServerBrain brain(Configuration configuration, String learned, String kept) {
    KernelRandom random = new KernelRandom();
    return new TimeServerBrain(
        settings(configuration),
        learned,
        new KeyRing(configuration.keys().keys()),
        random,
        new NtsSetup(new NtsTools(Aeads::of, random::fill), kept, realTimeClock()));
  }

  /** Reads this sensor from now on, and no other. */
  private void readTemperature(ClockSettings.Sensor wanted) {
    thermometer.ifPresent(Thermometer::close);
    thermometer =
        wanted.used()
            ? Thermometer.sensor(wanted.file())
                .map(sensor ->
                    new Thermometer(sensor, celsius -> queue.put(new Event.Temperature(celsius))))
            : Optional.empty();
  }

  private Optional<ClockReading> realTimeClock() {
    OptionalLong shown = RealTimeClock.unixNanos();
    return shown.isPresent()
        ? Optional.of(new ClockReading(clock.nowRawNanos(), shown.getAsLong()))
        : Optional.empty();
  }

  private BrainSettings settings(Configuration configuration) {
    return BrainSetup.settings(
        configuration, clock.precisionExponent(), surroundings.build().date());
  }

  private static void warnOfKeys(Configuration configuration) {
    configuration.keys().warnings().forEach(w -> LOG.log(Logger.Level.WARNING, w));
  }

  /** Reads the list of leap seconds. */
  void tellOfLeapSeconds(Configuration configuration) {
    LeapFile.read(configuration.leap()).ifPresent(text -> queue.put(new Event.LeapFile(text)));
  }

  /** Reads the configuration again and brings what runs into line with it; for SIGHUP. */
  public void reload() {
    surroundings.manager().reloading();
    try {
      LOG.log(Logger.Level.INFO, commands.reload());
    } catch (Commands.Refused e) {
      LOG.log(Logger.Level.ERROR, e.getMessage());
    }
    announce();
  }

  /** Waits until the daemon is closed by another thread, or comes to a case that cannot be. */
  public void awaitEnd() throws InterruptedException, ExecutionException {
    ended.get();
  }

  private void realtimeJumped(long stepNanos) {
    if (clock.isRealtime()) {
      queue.put(new Event.Interference(stepNanos));
    } else {
      LOG.log(
          Logger.Level.INFO,
          "the machine's clock was moved by {0} s; the clock that is served is another and stays",
          String.format(Locale.ROOT, "%+.6f", stepNanos * 1e-9));
    }
  }

  private static <T> T answerOf(CompletableFuture<T> question) {
    try {
      return question.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the brain was asked", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the brain gave no answer", e);
    }
  }

  /** Ends everything in the reverse order of its start. */
  @Override
  public void close() {
    surroundings.manager().stopping();
    // The last word of a brain that is well; one that is not has nothing to keep.
    if (!ended.isDone()) {
      state.keep(answerOf(brain.ask(TimeServerBrain::learnedState)));
      cookies.keep(answerOf(brain.ask(TimeServerBrain::cookies)));
    }
    shutdown.close();
    ended.complete(null);
  }

  /** What the brain's thread asks of us. */
  private final class Host implements BrainHost {
    private final Watchdog watchdog = new Watchdog(surroundings.manager());

    @Override
    public void publish(ServerState newState) {
      published.set(newState);
      int precision = clock.precisionExponent();
      if (precision != newState.precisionExponent()) {
        queue.put(new Event.Precision(precision));
      }
    }

    @Override
    public void ask(Action.Ask question) {
      associations.ask(question);
    }

    @Override
    public void carryOut(Action.OfPool action) {
      associations.carryOut(action);
    }

    @Override
    public void transmit(Action.Transmit packet) {
      associations.transmit(packet);
    }

    @Override
    public void direct(Action.Direct direction) {
      associations.direct(direction);
    }

    @Override
    public void establish(Action.Establish wish) {
      associations.establish(wish);
    }

    @Override
    public void keepCookies(String text) {
      cookies.keep(text);
    }

    @Override
    public void keep(String learned) {
      state.keep(learned);
    }

    @Override
    public void afterTurn() {
      watchdog.turned(clock.nowRawNanos());
    }

    @Override
    public void failed(RuntimeException failure) {
      published.set(ServerState.unsynchronized(clock.precisionExponent()));
      ended.completeExceptionally(failure);
    }
  }
}
