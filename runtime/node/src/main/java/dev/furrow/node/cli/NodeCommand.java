package dev.furrow.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "node",
    description = {
      "Runs a node until it is told to leave.",
      "",
      "Settings come, stronger first, from these flags, system properties (-Dfurrow....), the"
          + " environment (FURROW_...), application.conf and the profile. SIGTERM: the node takes"
          + " nothing new, finishes or returns what it has, leaves the cluster and ends with 0.",
      ""
    })
final class NodeCommand implements Callable<Integer> {

  private final NodeProgram program;

  @Mixin private SettingsOptions settings;

  NodeCommand(NodeProgram program) {
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    program.run(settings.load());
    return ExitCode.OK.code();
  }
}
