package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import dev.furrow.node.processes.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node with certificates, and who tries to get in without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosedTest {

  @TempDir static Path folder;
  private Certificates certificates;
  private Path own;
  private FurrowNode node;

  @BeforeAll
  void start() throws IOException {
    certificates = new Certificates(folder);
    own = certificates.valid();
    node = (FurrowNode) builder(own).slots(2).set("furrow.http.port", 0).start();
  }

  @AfterAll
  void end() {
    node.close();
  }

  private static Furrow.Builder builder(Path tls) {
    Furrow.Builder builder = Furrow.builder().profile("cluster");
    Certificates.settings(tls).forEach(builder::set);
    return builder;
  }

  private Furrow.Builder joining(Furrow.Builder builder) {
    return builder
        .set("furrow.node.slots", 0)
        .set("furrow.cluster.seeds", List.of(node.name()))
        .set("furrow.cluster.join-timeout", Duration.ofSeconds(4));
  }

  private void assertServes() throws IOException {
    try (Furrow driver = joining(builder(certificates.valid())).start()) {
      assertThat(driver.submit(new Tasks.Square(7)).join()).isEqualTo(49);
    }
  }

  private List<Integer> ports() {
    int membership = Integer.parseInt(node.name().replaceFirst(".*:", ""));
    return List.of(membership, node.linkPort(), node.httpPort().orElseThrow());
  }

  @Test
  void shouldLetInWhoHasACertificateOfTheCluster() throws IOException {
    assertServes();
  }

  @Test
  void shouldLetNobodyElseJoin() throws Exception {
    Map<String, Furrow.Builder> strangers =
        Map.of(
            "without", joining(Furrow.builder().profile("cluster")),
            "foreign", joining(builder(certificates.foreign())),
            "expired", joining(builder(certificates.expired())),
            "another name", joining(builder(certificates.named("website"))));
    LogLines lines = new LogLines();
    ExecutorService threads = Executors.newFixedThreadPool(strangers.size());
    List<CompletableFuture<Void>> all = new ArrayList<>();
    strangers.forEach(
        (which, stranger) ->
            all.add(
                CompletableFuture.runAsync(
                    () ->
                        assertThatThrownBy(stranger::start)
                            .as(which)
                            .isInstanceOf(FurrowException.class)
                            .hasMessageContaining("none of the seed nodes"),
                    threads)));
    for (CompletableFuture<Void> each : all) {
      each.get();
    }
    threads.shutdown();
    lines.await("a connection was given up");
    lines.close();
    assertThat(node.cluster().nodes()).hasSize(1);
    assertServes();
  }

  @Test
  void shouldRefuseANodeWhoseSettingsDoNotFitAndNameThem() throws IOException {
    Furrow.Builder other = joining(builder(certificates.valid()));

    assertThatThrownBy(() -> other.set("furrow.link.max-frame", "97MiB").start())
        .isInstanceOf(FurrowException.class)
        .hasMessageContaining("the cluster at [" + node.name() + "] refuses this node")
        .hasMessageContaining("furrow.link.max-frame=97MiB")
        .hasMessageContaining("Give all nodes the same");
    assertThat(node.cluster().nodes()).hasSize(1);
  }

  @Test
  void shouldNotListenForOthersWithoutCertificates() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Furrow.builder().profile("cluster").set("furrow.node.host", "192.0.2.7").start())
        .withMessageContaining("this node would listen on 192.0.2.7");
  }

  @Test
  void shouldStayUpAndKeepItsMemoryWhenStrangersSendAnything() throws Exception {
    Random random = new Random(7);
    NodeTls valid = NodeTls.of(new NodeSettings.Tls(Optional.of(files(own)), "", false));
    hostile(random, valid, 10); // what is loaded and kept once
    long before = usedHeap();

    hostile(random, valid, 60);

    assertThat(usedHeap() - before).isLessThan(32 << 20);
    assertThat(node.cluster().nodes()).hasSize(1);
    assertServes();
  }

  private void hostile(Random random, NodeTls valid, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int port : ports()) {
        byte[] bytes = new byte[random.nextInt(round % 2 == 0 ? 40_000 : 1_000)];
        random.nextBytes(bytes);
        if (bytes.length > 8 && round % 3 == 0) {
          System.arraycopy(new byte[] {22, 3, 3, 127, -1}, 0, bytes, 0, 5); // a record of TLS
        } else if (bytes.length > 8 && round % 3 == 1) {
          System.arraycopy(new byte[] {'F', 'R', 'W', '1', 127, -1, -1, -1}, 0, bytes, 0, 8);
        }
        send(port, bytes, round % 2 == 0 ? null : valid);
      }
    }
  }

  /** As a stranger, or as one that has a certificate and sends something else. */
  private static void send(int port, byte[] bytes, @Nullable NodeTls with) {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket socket =
            with == null
                ? plain
                : with.context().getSocketFactory().createSocket(plain, "localhost", port, true)) {
      socket.setSoTimeout(5_000);
      if (socket instanceof SSLSocket tls) {
        tls.startHandshake();
      }
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException refused) {
      assertThat(refused).isNotNull(); // it is the node's right to hang up
    }
  }

  private static NodeSettings.TlsFiles files(Path here) {
    return new NodeSettings.TlsFiles(
        here.resolve("tls.crt"), here.resolve("tls.key"), here.resolve("ca.crt"));
  }

  private static long usedHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }
}
