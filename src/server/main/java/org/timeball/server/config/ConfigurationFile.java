package org.timeball.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** Reads a configuration file whole, or says everything that is wrong with it. */
public final class ConfigurationFile {
  /** A configuration is a few kilobytes; the bound keeps a wrong path from filling the memory. */
  private static final long MOST_OCTETS = 1 << 20;

  private final Drivers drivers;
  private final LocalDate builtOn;

  /**
   * A reader for this program.
   *
   * @param drivers those installed
   * @param builtOn the day this program was built; no time before it can be true
   */
  public ConfigurationFile(Drivers drivers, LocalDate builtOn) {
    this.drivers = drivers;
    this.builtOn = builtOn;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException with every mistake at once
   */
  public Configuration read(Path file) throws ConfigurationException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw unreadable(file, "this is not a regular file");
      }
      if (Files.size(file) > MOST_OCTETS) {
        throw unreadable(file, "larger than 1 MiB, so hardly a configuration");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(
          file,
          "permission denied; the user '%s' must be able to read it"
              .formatted(System.getProperty("user.name")));
    } catch (CharacterCodingException e) {
      throw unreadable(file, "this is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, e.getMessage());
    }
  }

  /** Reads the text of a file; {@code name} stands in messages. */
  public Configuration parse(String name, String text) throws ConfigurationException {
    List<Problem> problems = new ArrayList<>();
    firstControl(name, text).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    TomlParseResult toml = Toml.parse(text);
    for (TomlParseError error : toml.errors()) {
      problems.add(
          new Problem(
              name, error.position().line(), error.position().column(), error.getMessage()));
    }
    if (!problems.isEmpty()) {
      // After a syntax error the tables are guesses; more messages would only mislead.
      throw new ConfigurationException(problems);
    }
    Table root = Table.root(name, toml, problems);
    root.refuseAllBut(Schema.rootKeys());
    ClockSettings clock = ClockSettings.read(root.table("clock"));
    LocalDate notBefore = clock.notBefore().filter(builtOn::isBefore).orElse(builtOn);
    List<Table> refclocks = root.tables("refclock");
    List<Table> sources = root.tables("source");
    List<Table> broadcasts = root.tables("broadcast");
    if (clock.steer() == ClockSettings.Steer.NONE) {
      refuseUseless(refclocks, "a reference clock");
      refuseUseless(sources, "a source");
      refuseUseless(broadcasts, "sending it unasked");
      refuseUseless(root.tables("manycast"), "being found");
    }
    KeySettings keys = KeySettings.read(root.table("keys"), problems);
    UniqueNames sourceNames = new UniqueNames("source, reference clock or network");
    LeapSettings leap = LeapSettings.read(root.table("leap"));
    String role = root.get(RoleSettings.ROLE);
    List<ListenSettings> listeners = listeners(root, role, keys, leap);
    List<RefclockSettings> clocks =
        new RefclockReader(drivers, notBefore, sourceNames).readAll(refclocks);
    List<SourceSettings> servers = SourceSettings.readAll(sources, sourceNames, keys, listeners);
    Configuration configuration =
        new Configuration(
            clock,
            listeners,
            clocks,
            servers,
            BroadcastSettings.readAll(broadcasts, sourceNames, keys, listeners),
            ManycastSettings.readAll(root.tables("manycast"), sourceNames, keys, listeners),
            RoleSettings.read(root, role, servers),
            keys,
            NtsSettings.read(root.table("nts")),
            StateSettings.read(root.table("state")),
            leap,
            ControlSettings.read(root.table("control")),
            LogSettings.read(root.table("log")),
            SchedulingSettings.read(root.table("scheduling")),
            GpioSettings.read(root.table("gpio")));
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new ConfigurationException(problems);
    }
    return configuration;
  }

  private static List<ListenSettings> listeners(
      Table root, String role, KeySettings keys, LeapSettings leap) {
    List<Table> tables = root.tables("access");
    Map<String, AccessSettings> access = AccessSettings.readAll(tables);
    List<Table> listen = root.tables("listen");
    if (role.equals(RoleSettings.CLIENT)) {
      String why = "a client answers nobody; remove it, or write role = \"server\"";
      Stream.of(listen.stream(), tables.stream(), root.table("nts").stream())
          .flatMap(found -> found)
          .forEach(table -> table.problem(why));
      return List.of();
    }
    List<ListenSettings> listeners =
        ListenSettings.readAll(listen, root.has("nts"), access, keys, leap.smear());
    AccessSettings.refuseUnused(tables, listeners);
    return listeners;
  }

  /**
   * A control character is no part of TOML, and its parser loses its place after one; mostly the
   * file is not text at all.
   */
  private static Optional<Problem> firstControl(String name, String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
        String found =
            "the control character U+%04X cannot stand here; write text".formatted((int) c);
        return Optional.of(new Problem(name, line, column, found));
      }
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return Optional.empty();
  }

  private static void refuseUseless(List<Table> tables, String what) {
    tables.stream()
        .findFirst()
        .ifPresent(table ->
            table.problem(
                "[clock] steer = \"none\" leaves the clock as it is; %s has no use"
                    .formatted(what)));
  }

  private static ConfigurationException unreadable(Path file, String why) {
    return new ConfigurationException(List.of(new Problem(file.toString(), 0, 0, why)));
  }
}
