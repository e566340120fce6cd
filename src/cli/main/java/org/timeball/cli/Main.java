package org.timeball.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code timeball} command. */
@Command(
    name = "timeball",
    description = "A stratum-1 time server.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Try it: 'timeball demo' needs no hardware, no privilege and no configuration.",
      "Help on one command: 'timeball COMMAND --help'."
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** The subcommands, in the order of the help. */
  static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("query", QueryCommand::new);
    commands.put("set-date", SetDateCommand::new);
    commands.put("decode", DecodeCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("check-config", CheckConfigCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("sources", SourcesCommand::new);
    commands.put("why", WhyCommand::new);
    commands.put("online", OnlineCommand::new);
    commands.put("offline", OfflineCommand::new);
    commands.put("reload", ReloadCommand::new);
    commands.put("nts", NtsCommand::new);
    commands.put("keygen", KeygenCommand::new);
    commands.put("sim", SimCommand::new);
    commands.put("version", VersionCommand::new);
    return commands;
  }

  public static void main(String[] arguments) {
    // JSON is UTF-8 wherever it is written, and "µ" is not worth losing to an unset locale.
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    Map<String, Supplier<Object>> commands = commands();
    Supplier<Object> wanted = arguments.length == 0 ? null : commands.get(arguments[0]);
    if (wanted != null) {
      // Looking at the options of all commands costs a tenth of a second on a small computer, and
      // the server's first answer waits for it.
      line.addSubcommand(arguments[0], wanted.get());
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
      line.addSubcommand(new CommandLine.HelpCommand());
    }
    complete(line);
    line.getSubcommands().values().forEach(Main::completeAll);
    line.setExecutionExceptionHandler(Main::explain);
    line.setOut(out).setErr(err);
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  private static void completeAll(CommandLine line) {
    complete(line);
    line.getSubcommands().values().forEach(Main::completeAll);
  }

  /** What all commands have in common. */
  private static void complete(CommandLine line) {
    line.getCommandSpec().exitCodeOnExecutionException(ExitCode.FAULT);
    if (!line.getCommandSpec().helpCommand()) {
      line.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
    }
  }

  /**
   * A failure that was expected is one line; one that was not is a fault of ours and shows where.
   */
  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult ignored)
      throws Exception {
    if (failure instanceof CommandFailure expected) {
      line.getErr().println(expected.getMessage());
      return expected.exitCode();
    }
    throw failure;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
