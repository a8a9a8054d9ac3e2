package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that start beside their driver, and what becomes of them when something fails. */
final class ForkedStartTest {

  private static final Map<String, Object> PLAIN =
      Map.of(
          "furrow.workers.class-archive", "off",
          "furrow.workers.restart.min", "1ms",
          "furrow.workers.restart.max", "50ms");

  @TempDir Path temp;

  @Test
  void shouldEndAWorkerWhoseDriverEndsBeforeItIsUp() throws Exception {
    Path loaded = temp.resolve("loaded");
    NodeSettings.Workers limits = settings(PLAIN).workers();
    Process early = worker(limits, "-Xmx256m").start();
    Process late = worker(limits, "-Xmx256m", "-Xlog:class+load:file=" + loaded).start();
    try {
      WorkerSettings.send(late.getOutputStream(), WorkerSettings.text(PLAIN, "fork-1", 1));
      Eventually.holds("the worker builds its node", () -> loads(loaded, "FurrowNode"));
      assertThat(loaded).content().as("it reads no command line").doesNotContain("picocli");
      for (Process worker : List.of(early, late)) {
        assertThat(worker.isAlive()).isTrue();
        worker.getOutputStream().close();
        assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      early.destroyForcibly();
      late.destroyForcibly();
    }
  }

  @Test
  void shouldLeaveNoWorkerBehindWhenTheDriverCannotStart() throws IOException {
    Set<Long> before = children();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(Map.of("furrow.node.port", taken.getLocalPort())))
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("furrow.node.port");
    }
    assertThat(before).containsAll(children());
  }

  @Test
  void shouldSayWhyAndLeaveNoWorkerBehindWhenWorkersCannotStart() {
    Set<Long> before = children();
    Map<String, Object> wrong =
        Map.of("furrow.workers.jvm-options", "-Xmx1k", "furrow.workers.restart.give-up", 2);
    assertThatThrownBy(() -> start(wrong))
        .isInstanceOf(FurrowException.class)
        .hasMessageContaining("3 workers in a row")
        .hasMessageContaining("exit code 1");
    assertThat(before).containsAll(children());
  }

  @Test
  void shouldForkAgainWhenAWorkerCouldNotBeForked() throws Exception {
    Map<String, Object> driver = new HashMap<>(PLAIN);
    driver.put("furrow.node.slots", 0);
    driver.put("furrow.workers.restart.give-up", 1_000_000);
    Config config = FurrowConfig.load("workers", driver);
    NodeSettings.Workers limits = NodeSettings.from(config).workers();
    Path java = temp.resolve("java");
    WorkerJvm jvm = new WorkerJvm(java, List.of("-Xmx256m"), 1, archive(limits));
    try (LogLines lines = new LogLines();
        ForkedWorkers forked = new ForkedWorkers(jvm, limits, PLAIN, 1, 3);
        FurrowNode node = OwnSystem.start(config, null, forked::close)) {
      forked.start();
      forked.join(node);
      lines.await("worker fork-1 could not be started");
      Files.createSymbolicLink(java, WorkerJvm.thisJava().toRealPath());
      Eventually.holds("a worker has joined", () -> node.cluster().slots() == 3);
      Files.delete(java);
    }
  }

  @Test
  void shouldGiveWorkersTheSystemPropertiesThatAreSettings() {
    System.setProperty("furrow.node.resources.gpu", "2");
    try (Furrow furrow = start(Map.of())) {
      assertThat(furrow.cluster().nodes())
          .filteredOn(node -> node.slots() > 0)
          .singleElement()
          .satisfies(node -> assertThat(node.resources()).containsEntry("gpu", 2L));
    } finally {
      System.clearProperty("furrow.node.resources.gpu");
    }
  }

  private static Furrow start(Map<String, Object> more) {
    Furrow.Builder builder = Furrow.builder().workers(1).slots(1);
    PLAIN.forEach(builder::set);
    more.forEach(builder::set);
    return builder.start();
  }

  private static NodeSettings settings(Map<String, Object> settings) {
    return NodeSettings.from(FurrowConfig.load("workers", settings));
  }

  private static ClassArchive archive(NodeSettings.Workers limits) {
    return ClassArchive.of(limits, System.getProperty("java.class.path"));
  }

  private static WorkerJvm worker(NodeSettings.Workers limits, String... options) {
    return new WorkerJvm(WorkerJvm.thisJava(), List.of(options), 1, archive(limits));
  }

  private static boolean loads(Path log, String name) {
    try {
      return Files.readString(log).contains("dev.furrow.node." + name + " ");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
