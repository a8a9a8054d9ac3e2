package dev.furrow.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.node.FurrowNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code furrow nodes} and {@code furrow drain} against nodes, over their HTTP. */
final class AskNodesTest {

  @TempDir Path folder;

  @Test
  void shouldListNodesAndTellThemToLeave() throws IOException {
    Path view = Files.writeString(folder.resolve("view"), FakeNode.VIEW);
    Path admin = Files.writeString(folder.resolve("admin"), FakeNode.ADMIN);
    try (FurrowNode first = start(view, admin, List.of());
        FurrowNode second = start(view, admin, List.of(name(first)))) {
      String one = name(first);
      String two = name(second);
      assertThat(ask(first, view, "doctor").out())
          .contains("ok    clock: within a second of that node's");

      Run table = ask(first, view, "nodes");
      assertThat(table.code()).as(table.err()).isZero();
      assertThat(table.out().lines())
          .anySatisfy(line -> assertThat(line).startsWith(one).endsWith("*"))
          .anySatisfy(line -> assertThat(line).startsWith(two).contains("gpu=2"));
      assertThat(ask(first, view, "nodes", "-o=json").json().fieldNames())
          .toIterable()
          .containsExactly("cluster", "node", "version", "nodes", "hotPartitions");

      assertThat(Run.of("nodes", "--url", url(first)).code()).isEqualTo(5);
      assertThat(ask(first, view, "drain", two).code()).isEqualTo(5);
      assertThat(ask(first, admin, "drain", "127.0.0.1:1").code()).isEqualTo(6);

      Run other = ask(first, admin, "drain", two, "--wait", "--timeout=60s");
      assertThat(other).isEqualTo(new Run(0, "node " + two + " is gone\n", ""));
      assertThat(first.cluster().nodes()).hasSize(1);
      Run asked = ask(first, admin, "drain", one, "--wait", "--timeout=60s");
      assertThat(asked).isEqualTo(new Run(0, "node " + one + " is gone\n", ""));
    }
  }

  private static FurrowNode start(Path view, Path admin, List<String> seeds) {
    return (FurrowNode)
        Furrow.builder()
            .profile("cluster")
            .slots(1)
            .set("furrow.cluster.seeds", seeds)
            .set("furrow.node.resources.gpu", 2)
            .set("furrow.http.port", 0)
            .set("furrow.http.view-token-file", view.toString())
            .set("furrow.http.admin-token-file", admin.toString())
            .start();
  }

  private static String name(FurrowNode node) {
    return node.cluster().nodes().stream()
        .filter(ClusterView.Node::self)
        .findFirst()
        .orElseThrow()
        .name();
  }

  private static String url(FurrowNode node) {
    return "http://127.0.0.1:" + node.httpPort().orElseThrow();
  }

  private static Run ask(FurrowNode node, Path token, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--url", url(node), "--token-file", token.toString()));
    return Run.of(all);
  }
}
