package dev.furrow.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "nodes",
    description = {
      "Lists the nodes of a cluster, as one of them sees it.",
      "",
      "With -o json: what /api/cluster answers.",
      ""
    })
final class NodesCommand implements Callable<Integer> {

  private static final List<String> TITLES =
      List.of("NODE", "STATE", "SLOTS", "RESOURCES", "ROLES", "ASKED");

  @Spec private CommandSpec command;
  @Mixin private HttpOptions http;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode cluster = http.client(HttpOptions.settings(), false).cluster();
    PrintWriter out = command.commandLine().getOut();
    if (output.isJson()) {
      out.println(Output.pretty(cluster));
      return ExitCode.OK.code();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    cluster.path("nodes").forEach(node -> rows.add(row(node)));
    Output.table(rows).forEach(out::println);
    return ExitCode.OK.code();
  }

  private static List<String> row(JsonNode node) {
    String resources =
        node.path("resources").properties().stream()
            .map(each -> each.getKey() + "=" + each.getValue().asText())
            .collect(Collectors.joining(","));
    String roles =
        StreamSupport.stream(node.path("roles").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","));
    return List.of(
        node.path("name").asText(),
        node.path("state").asText(),
        node.path("slots").asText(),
        resources.isEmpty() ? "-" : resources,
        roles.isEmpty() ? "-" : roles,
        node.path("self").asBoolean() ? "*" : "");
  }
}
