package dev.furrow.node.cli;

import com.typesafe.config.Config;
import dev.furrow.config.Exposure;
import dev.furrow.config.NodeSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Looks whether a node could run here with the settings that it would have, and says what to"
          + " mend. With --url it also compares clocks with that node. Ends with 3 if anything"
          + " fails; warnings alone are 0.",
      "",
      "With -o json: an array of {level, what, finding, advice}.",
      ""
    })
final class DoctorCommand implements Callable<Integer> {

  private static final Duration CLOCKS = Duration.ofSeconds(1);

  @Spec private CommandSpec command;
  @Mixin private SettingsOptions settings;
  @Mixin private HttpOptions http;
  @Mixin private Output output;

  @Option(
      names = "--running",
      description = "A node with these settings runs here: its ports are to be in use.")
  private boolean running;

  @Override
  public Integer call() {
    Findings findings = new Findings();
    RuntimeCheck.java(Runtime.version().feature(), findings);
    RuntimeCheck.pekko(RuntimeCheck.modules(Cli.class.getClassLoader()), findings);
    VariablesCheck.run(System.getenv(), findings);
    settings(findings).ifPresent(known -> checkAll(known, findings));
    PrintWriter out = command.commandLine().getOut();
    if (output.isJson()) {
      out.println(Output.pretty(findings.json()));
    } else {
      findings.all().forEach(out::println);
    }
    return (findings.anyFailed() ? ExitCode.FINDINGS : ExitCode.OK).code();
  }

  private Optional<NodeSettings> settings(Findings findings) {
    try {
      Config config = settings.load();
      NodeSettings known = NodeSettings.from(config);
      findings.ok("settings", "profile " + known.profile() + ", cluster " + known.cluster().name());
      return Optional.of(known);
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      findings.fail("settings", wrong.getMessage(), "");
      return Optional.empty();
    }
  }

  private void checkAll(NodeSettings known, Findings findings) {
    RuntimeCheck.cores(known, findings);
    if (running) {
      findings.ok("memory", "not looked at: the node that runs is another JVM than this one");
    } else {
      RuntimeCheck.heap(RuntimeCheck.memory(), findings);
    }
    exposure(known, findings);
    new NetworkCheck(known, running, findings).run();
    CertificateCheck.run(known.tls(), Instant.now(), findings);
    TokenCheck.run(known.http(), findings);
    JournalCheck.run(known, findings);
    if (http.isGiven()) {
      clock(known, findings);
    }
  }

  private static void exposure(NodeSettings known, Findings findings) {
    try {
      Exposure.check(known);
    } catch (IllegalArgumentException open) {
      findings.fail("exposure", open.getMessage(), "");
      return;
    }
    if (known.tls().allowAnyone()) {
      findings.warn(
          "exposure",
          "furrow.tls.allow-anyone-on-the-network is on",
          "turn it off unless nobody else reaches this network");
    } else {
      findings.ok("exposure", "no port is open to whoever is on the network");
    }
  }

  private void clock(NodeSettings known, Findings findings) {
    try {
      Duration difference = http.client(known, false).clockDifference();
      if (difference.abs().compareTo(CLOCKS) > 0) {
        findings.warn(
            "clock",
            "that node's clock is at least "
                + difference.abs().toMillis()
                + " ms "
                + (difference.isNegative() ? "behind" : "ahead of")
                + " this one",
            "let both machines keep time by NTP");
      } else {
        findings.ok("clock", "within a second of that node's");
      }
    } catch (CommandFailure unknown) {
      findings.fail("clock", unknown.getMessage(), "");
    }
  }
}
