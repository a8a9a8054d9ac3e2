package dev.furrow.node.cli;

import dev.furrow.FurrowException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command line. What was asked for goes to standard output, what went wrong to standard error,
 * as one line {@code furrow: …}.
 */
@Command(
    name = "furrow",
    description = "Runs and looks after nodes of Furrow. Without a command: node.",
    synopsisSubcommandLabel = "COMMAND")
public final class Cli {

  private static final int WIDTH = 100;

  // Read by picocli alone.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explains a command.")
  private boolean help;

  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Prints the version of Furrow.")
  private boolean version;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Prints where an error was thrown, too.")
  private boolean verbose;

  private Cli() {}

  /**
   * Does what a command line says.
   *
   * @param version of Furrow
   * @param program is run for {@code furrow node}
   * @param out for what was asked for
   * @param err for errors
   * @param args without any, {@code node} is meant
   * @return with what the process ends; see {@code furrow --help}
   */
  public static int execute(
      String version, NodeProgram program, PrintWriter out, PrintWriter err, String... args) {
    int code =
        commandLine(version, program)
            .setOut(out)
            .setErr(err)
            .execute(args.length == 0 ? new String[] {"node"} : args);
    out.flush();
    err.flush();
    return code;
  }

  static CommandLine commandLine(String version, NodeProgram program) {
    Cli cli = new Cli();
    CommandLine line =
        new CommandLine(cli)
            .addSubcommand(new NodeCommand(program))
            .addSubcommand(new NodesCommand())
            .addSubcommand(new DrainCommand())
            .addSubcommand(new CertsCommand())
            .addSubcommand(new DoctorCommand());
    line.getCommandSpec().version("furrow " + version);
    line.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(WIDTH)
        .setParameterExceptionHandler(cli::misused)
        .setExecutionExceptionHandler((failed, at, parsed) -> cli.failed(failed, at));
    explainExitCodes(line);
    return line;
  }

  private static void explainExitCodes(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> codes.put(Integer.toString(code.code()), code.meaning()));
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    line.getSubcommands().values().forEach(Cli::explainExitCodes);
  }

  private int misused(ParameterException wrong, String[] args) {
    CommandLine at = wrong.getCommandLine();
    tell(at, wrong, wrong.getMessage() + ": see " + name(at) + " --help");
    return ExitCode.USAGE.code();
  }

  private static String name(CommandLine at) {
    return at.getCommandSpec().qualifiedName();
  }

  private int failed(Exception failed, CommandLine at) {
    ExitCode code = ExitCode.FAILED;
    String message = failed.getMessage();
    if (failed instanceof CommandFailure known) {
      code = known.code();
    } else if (!(failed instanceof FurrowException)
        && !(failed instanceof IllegalArgumentException)) {
      message = "this should not happen: " + failed + " (--verbose prints where)";
    }
    tell(at, failed, String.valueOf(message));
    return code.code();
  }

  private void tell(CommandLine at, Exception wrong, String message) {
    at.getErr().println("furrow: " + Output.line(message));
    if (verbose) {
      wrong.printStackTrace(at.getErr());
    }
  }
}
