package dev.furrow.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "drain",
    description = {
      "Tells a node to leave: it takes nothing new, finishes or returns what it has, hands its state"
          + " to others, and ends.",
      ""
    })
final class DrainCommand implements Callable<Integer> {

  private static final Pattern NODE =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/@\\[\\]]+):\\d+");
  private static final int PAUSE_MILLIS = 250;

  @Spec private CommandSpec command;
  @Mixin private HttpOptions http;
  @Mixin private Output output;

  @Parameters(
      index = "0",
      paramLabel = "NODE",
      description = "The node, as host:port, which furrow nodes lists.")
  private String node;

  @Option(names = "--wait", description = "Waits until the node is gone.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "With --wait: for how long, as 30s or 2m (default: 2m).")
  private Duration timeout = Duration.ofMinutes(2);

  /** One life of a node. */
  private record Life(String uid, boolean isAsked) {}

  @Override
  public Integer call() throws InterruptedException {
    if (!NODE.matcher(node).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "NODE must be host:port, as furrow nodes lists it (was " + node + ")");
    }
    NodeClient client = http.client(HttpOptions.settings(), true);
    if (!wait) {
      client.drain(node);
      return tell("leaving", "node " + node + " was told to leave");
    }
    Optional<Life> life = find(client.cluster());
    client.drain(node); // says which there are if that is none
    awaitGone(() -> life.map(one -> isThere(client, one)).orElseGet(() -> knows(client)));
    return tell("gone", "node " + node + " is gone");
  }

  private void awaitGone(BooleanSupplier isThere) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (isThere.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "node "
                + node
                + " was told to leave and is still there after "
                + timeout.toSeconds()
                + " s: it goes on leaving; see its log for what it waits for");
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** The node that was asked may be the one that leaves: then nobody listens when it is gone. */
  private boolean isThere(NodeClient client, Life life) {
    try {
      return find(client.cluster()).filter(found -> found.uid().equals(life.uid())).isPresent();
    } catch (CommandFailure failed) {
      if (life.isAsked() && failed.code() != ExitCode.NOT_ALLOWED) {
        return !(failed.getCause() instanceof ConnectException);
      }
      throw failed;
    }
  }

  /** Whether the node that was asked can tell one to leave that it does not list yet, again. */
  private boolean knows(NodeClient client) {
    try {
      client.drain(node);
      return true;
    } catch (CommandFailure failed) {
      if (failed.code() == ExitCode.NO_SUCH_NODE) {
        return false;
      }
      throw failed;
    }
  }

  private Optional<Life> find(JsonNode cluster) {
    return StreamSupport.stream(cluster.path("nodes").spliterator(), false)
        .filter(each -> each.path("name").asText().equals(node))
        .map(each -> new Life(each.path("uid").asText(), each.path("self").asBoolean()))
        .findFirst();
  }

  private int tell(String state, String text) {
    if (output.isJson()) {
      ObjectNode json = Output.JSON.createObjectNode().put("node", node).put("state", state);
      command.commandLine().getOut().println(Output.pretty(json));
    } else {
      command.commandLine().getOut().println(text);
    }
    return ExitCode.OK.code();
  }
}
