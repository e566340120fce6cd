package org.timeball.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.ConfigurationException;
import org.timeball.server.control.Answer;
import org.timeball.server.control.Commands;
import org.timeball.server.report.DaemonReport;
import org.timeball.server.report.ReportText;

/** What can be asked of the daemon over its control socket. */
final class DaemonCommands implements Commands {
  private final Daemon daemon;
  private final Surroundings.ConfigurationSource source;
  private Configuration configuration;

  DaemonCommands(
      Daemon daemon, Configuration configuration, Surroundings.ConfigurationSource source) {
    this.daemon = daemon;
    this.configuration = configuration;
    this.source = source;
  }

  @Override
  public Answer carryOut(String command) throws Refused {
    String[] words = command.split(" ", 2);
    String name = words[0];
    String argument = words.length == 2 ? words[1].strip() : "";
    if (!argument.isEmpty() && !name.equals("online") && !name.equals("offline")) {
      throw new Refused("'" + name + "' takes no name: '" + argument + "'");
    }
    return switch (name) {
      case "status" -> {
        DaemonReport report = daemon.report();
        yield new Answer(report, ReportText.status(report));
      }
      case "sources" -> {
        DaemonReport report = daemon.report();
        yield new Answer(
            Map.of("refclocks", report.time().sources(), "servers", report.time().servers()),
            ReportText.sources(report.time()));
      }
      case "why" -> {
        DaemonReport report = daemon.report();
        yield new Answer(report.time().why(), ReportText.why(report.time()));
      }
      case "reload" -> {
        String done = reload();
        yield new Answer(Map.of("reloaded", true), done);
      }
      case "online", "offline" -> {
        String done = setOnline(argument, name.equals("online"));
        yield new Answer(Map.of("done", true), done);
      }
      case "rotate-nts-keys" -> new Answer(Map.of("rotated", true), rotate());
      default ->
          throw new Refused(
              "there is no command '"
                  + command
                  + "'; there are status, sources, why, reload, online, offline, rotate-nts-keys");
    };
  }

  private String setOnline(String source, boolean online) throws Refused {
    if (!daemon.setOnline(source, online)) {
      throw new Refused(
          source.isEmpty()
              ? "no server is configured as a source"
              : "there is no server or pool '" + source + "'; 'timeball sources' lists them");
    }
    String who = source.isEmpty() ? "all servers" : source;
    return online ? who + ": asked again from now on" : who + ": not asked until 'timeball online'";
  }

  private String rotate() throws Refused {
    try {
      if (!daemon.rotateCookieKeys()) {
        throw new Refused("Network Time Security is not served: there is no table [nts]");
      }
    } catch (IOException e) {
      throw new Refused(e.getMessage() + "\nthe keys before stay in use");
    }
    return "cookies are sealed with a new secret; those of the old one are accepted for their time";
  }

  /**
   * Reads the configuration again; all or nothing.
   *
   * @return a sentence for people
   */
  synchronized String reload() throws Refused {
    Configuration fresh;
    try {
      fresh = source.read();
    } catch (ConfigurationException e) {
      throw new Refused(e.getMessage() + "\nnothing was changed");
    }
    List<String> fixed = needRestart(configuration, fresh);
    if (!fixed.isEmpty()) {
      throw new Refused(
          "a change of %s needs a restart; nothing was changed"
              .formatted(String.join(", ", fixed)));
    }
    if (fresh.equals(configuration)) {
      // It lies beside the configuration, and may be another though its name is the same.
      daemon.tellOfLeapSeconds(fresh);
      return "reloaded; the configuration is the same";
    }
    try {
      daemon.change(configuration, fresh);
    } catch (IOException e) {
      throw new Refused(e.getMessage() + "\nnothing was changed");
    }
    configuration = fresh;
    return "reloaded; the new configuration is in force";
  }

  private static List<String> needRestart(Configuration before, Configuration after) {
    List<String> names = new ArrayList<>();
    if (before.clock().steer() != after.clock().steer()) {
      names.add("clock.steer");
    }
    if (!before.state().equals(after.state())) {
      names.add("state.directory");
    }
    if (!before.nts().equals(after.nts())) {
      names.add("nts");
    }
    if (!before.scheduling().equals(after.scheduling())) {
      names.add("scheduling");
    }
    if (!before.gpio().equals(after.gpio())) {
      names.add("gpio");
    }
    if (!before.control().equals(after.control())) {
      names.add("control.directory");
    }
    return names;
  }
}
