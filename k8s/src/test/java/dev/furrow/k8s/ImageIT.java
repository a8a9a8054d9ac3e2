package dev.furrow.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.furrow.Furrow;
import dev.furrow.Ref;
import dev.furrow.TaskOptions;
import dev.furrow.config.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that the build has made, by its own files, as processes. */
final class ImageIT {

  private static final String TASKS = "/app/tasks/tasks.jar";
  private static final String TLS = "/etc/furrow/tls";
  private static final int NODES = 3;

  @TempDir static Path folder;

  private static Image image;
  private static Containers containers;
  private static final Map<String, Process> RUNNING = new LinkedHashMap<>();

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    image = Image.unpack(Path.of(System.getProperty("image.tar")), folder);
    containers = Containers.of(image, folder);
  }

  @AfterAll
  static void endAll() {
    RUNNING.values().forEach(Process::destroyForcibly);
  }

  @Test
  void shouldRunANodeAsAUserWithoutRights() {
    JsonNode config = image.config();

    assertThat(config.get("User").asText()).isEqualTo("10001:10001");
    assertThat(image.command("node")).endsWith("dev.furrow.node.Main", "node");
    assertThat(config.get("Cmd")).extracting(JsonNode::asText).containsExactly("node");
    assertThat(config.get("ExposedPorts").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("7355/tcp", "7356/tcp", "7626/tcp", "7080/tcp");
  }

  @Test
  void shouldKeepWhatChangesOftenApartFromWhatDoesNot() {
    assertThat(layerOf("/opt/java/lib/modules"))
        .isNotEqualTo(layerOf("/app/tasks/"))
        .isNotEqualTo(layerOf("/app/resources/logback.xml"));
    assertThat(jars("furrow-")).hasSize(4);
    assertThat(jars("pekko-management-cluster-bootstrap", "pekko-discovery-kubernetes-api"))
        .hasSize(2);
    assertThat(jars("pekko-lease-kubernetes", "bcpkix-jdk18on", "postgresql-")).hasSize(3);
    int own = layerOf(jars("furrow-node-").get(0));
    assertThat(jars("furrow-")).allSatisfy(jar -> assertThat(layerOf(jar)).isEqualTo(own));
    assertThat(image.layers().get(own).keySet())
        .filteredOn(file -> file.endsWith(".jar"))
        .hasSize(4);
  }

  @Test
  void shouldHoldNothingThatItsUserCouldChange() {
    assertThat(image.layers())
        .allSatisfy(
            layer ->
                assertThat(layer)
                    .allSatisfy((file, mode) -> assertThat(mode & 06022).as(file).isZero()));
  }

  @Test
  void shouldFormAClusterThatRunsAJob() throws Exception {
    Path certificates = Files.createDirectories(image.root().resolve(TLS.substring(1)));
    issue(certificates);
    addTasks();
    int port = freePort();
    for (int node = 1; node <= NODES; node++) {
      start(node, port);
    }

    try (Furrow driver = driver(certificates, port)) {
      eventually("all nodes take work", () -> driver.cluster().slots() == NODES);
      List<Ref<Where.Answer>> refs = new ArrayList<>();
      for (int task = 0; task < 10 * NODES; task++) {
        refs.add(
            driver.submit(
                new Where(task),
                TaskOptions.defaults().requires("place-" + (1 + task % NODES), 1L)));
      }
      for (int task = 0; task < refs.size(); task++) {
        Where.Answer answer = refs.get(task).join(Duration.ofSeconds(60));
        assertThat(answer.sum()).isEqualTo(task * (task + 1L) / 2);
        assertThat(answer.node()).isEqualTo("127.0.0." + (1 + task % NODES) + ":" + port);
        assertThat(answer.jar()).endsWith(TASKS);
      }
    }

    RUNNING.values().forEach(Process::destroy);
    for (Map.Entry<String, Process> node : RUNNING.entrySet()) {
      String output = containers.output(node.getKey());
      assertThat(node.getValue().waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
      assertThat(node.getValue().exitValue()).as(output).isZero();
      assertThat(output).doesNotContain("Exception", "ERROR");
    }
  }

  private static void start(int number, int port) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    // Three JVMs start on few cores: the fast compiler alone takes half the time.
    environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    environment.put("FURROW_PROFILE", "cluster");
    environment.put("FURROW_NODE_HOST", "127.0.0." + number);
    environment.put("FURROW_NODE_PORT", String.valueOf(port));
    environment.put("FURROW_NODE_SLOTS", "1");
    environment.put("FURROW_NODE_RESOURCES", "place-" + number + "=1");
    environment.put("FURROW_CLUSTER_SEEDS", "127.0.0.1:" + port);
    environment.put("FURROW_TLS_CERTIFICATE", TLS + "/tls.crt");
    environment.put("FURROW_TLS_KEY", TLS + "/tls.key");
    environment.put("FURROW_TLS_AUTHORITIES", TLS + "/ca.crt");
    String name = "node-" + number;
    RUNNING.put(name, containers.start(name, environment, image.command("node")));
  }

  private static Furrow driver(Path certificates, int port) {
    eventually("the first node is up", () -> containers.output("node-1").contains(" is up"));
    return Furrow.builder()
        .profile("cluster")
        .set("furrow.node.slots", 0)
        .set("furrow.cluster.seeds", List.of("127.0.0.1:" + port))
        .set("furrow.tls.certificate", certificates.resolve("tls.crt").toString())
        .set("furrow.tls.key", certificates.resolve("tls.key").toString())
        .set("furrow.tls.authorities", certificates.resolve("ca.crt").toString())
        .start();
  }

  private static void issue(Path folder) throws IOException {
    Instant from = Instant.now().minusSeconds(60);
    Instant until = from.plusSeconds(3600);
    CertificateAuthority authority = CertificateAuthority.create("test", from, until);
    CertificateAuthority.Pem pem = authority.issue("furrow", from, until);
    Files.writeString(folder.resolve("ca.crt"), authority.pem().certificate());
    Files.writeString(folder.resolve("tls.crt"), pem.certificate());
    Files.writeString(folder.resolve("tls.key"), pem.key());
  }

  /** As {@code COPY tasks.jar /app/tasks/} in an image from this one. */
  private static void addTasks() throws IOException, URISyntaxException {
    Path classes = Path.of(Where.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = image.root().resolve(TASKS.substring(1));
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : List.of(Where.class, Where.Answer.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        Files.copy(classes.resolve(name), entries);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      for (Map.Entry<String, Process> node : RUNNING.entrySet()) {
        if (!node.getValue().isAlive() || System.nanoTime() - end > 0) {
          throw new AssertionError(
              what + ": not within 60 s, or not at all; " + containers.output(node.getKey()));
        }
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static List<String> jars(String... beginnings) {
    return image.layers().stream()
        .flatMap(layer -> layer.keySet().stream())
        .filter(
            file ->
                List.of(beginnings).stream()
                    .anyMatch(beginning -> file.startsWith("/app/libs/" + beginning)))
        .toList();
  }

  private static int layerOf(String file) {
    for (int layer = 0; layer < image.layers().size(); layer++) {
      if (image.layers().get(layer).containsKey(file)) {
        return layer;
      }
    }
    throw new AssertionError("the image has no " + file);
  }
}
