package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.node.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pods that find each other by asking Kubernetes: each a JVM with a loopback address of its own and
 * the settings of a pod in its environment.
 */
class KubernetesTest {

  private static final List<String> PODS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");

  @TempDir Path folder;

  private final List<Jvm> nodes = new ArrayList<>();

  @AfterEach
  void end() {
    nodes.forEach(Jvm::close);
  }

  /** A port that is free on all three. */
  private static int freePort() throws IOException {
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName(PODS.get(0)))) {
      return first.getLocalPort();
    }
  }

  private Jvm pod(
      String address,
      KubernetesApi api,
      int bootstrapPort,
      Path tls,
      Path apiAuthority,
      boolean withLease)
      throws IOException {
    Path token = Files.writeString(folder.resolve("token-" + address), address);
    Map<String, String> environment = new HashMap<>();
    environment.put("KUBERNETES_SERVICE_HOST", "localhost");
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(api.port()));
    environment.put("FURROW_PROFILE", "kubernetes");
    environment.put("FURROW_NODE_HOST", address);
    environment.put("FURROW_NODE_SLOTS", "1");
    environment.put("FURROW_NODE_PORT", "0");
    environment.put("FURROW_LINK_PORT", "0");
    environment.put("FURROW_HTTP_PORT", "off");
    environment.put("FURROW_KUBERNETES_CONTACT_POINTS", Integer.toString(PODS.size()));
    environment.put("FURROW_KUBERNETES_NAMESPACE", "fields");
    environment.put("FURROW_KUBERNETES_SELECTOR", "app=field");
    environment.put("FURROW_KUBERNETES_BOOTSTRAP_PORT", Integer.toString(bootstrapPort));
    Certificates.settings(tls)
        .forEach(
            (setting, value) ->
                environment.put(dev.furrow.config.Environment.variable(setting), value));
    environment.put("FURROW_KUBERNETES_LEASE", withLease ? "on" : "off");
    String discovery = "-Dpekko.discovery.kubernetes-api.";
    String lease = "-Dpekko.coordination.lease.kubernetes.";
    String contact = "-Dpekko.management.cluster.bootstrap.contact-point-discovery.";
    Jvm node =
        Jvm.start(
            environment,
            System.getProperty("java.class.path"),
            Main.class,
            List.of(
                discovery + "api-token-path=" + token,
                discovery + "api-ca-path=" + apiAuthority.resolve("ca.crt"),
                lease + "api-token-path=" + token,
                lease + "api-ca-path=" + apiAuthority.resolve("ca.crt"),
                contact + "stable-margin=1s",
                contact + "interval=300ms",
                contact + "exponential-backoff-max=500ms"),
            "node");
    nodes.add(node);
    return node;
  }

  private static boolean isUp(Jvm node) {
    return node.toString().contains("furrow: node ");
  }

  @Test
  void shouldFormOneClusterHoweverKubernetesAnswers() throws Exception {
    Certificates certificates = new Certificates(folder);
    int port = freePort();
    Path localhost = certificates.named("localhost");
    // Each pod is told of itself and another one; two of them then believe to be the first.
    KubernetesApi.Answers partial =
        (pod, question) -> {
          int at = PODS.indexOf(pod);
          String next = PODS.get((at + 1) % PODS.size());
          return question % 2 == 0 ? List.of(pod, next) : List.of(next, pod);
        };
    try (KubernetesApi api = new KubernetesApi(localhost, port, partial)) {
      for (String address : PODS) {
        pod(address, api, port, certificates.valid(), localhost, false);
      }
      for (String address : PODS) {
        Cluster.await(() -> api.asked(address) >= 8, () -> address + " asks: " + nodes);
      }
      assertThat(nodes).noneMatch(KubernetesTest::isUp);
      assertThat(api.paths().get(PODS.get(0)))
          .isEqualTo("/api/v1/namespaces/fields/pods?labelSelector=app%3Dfield");

      // Now all are told of all, in different orders, and one of them late.
      api.answers(
          (pod, question) -> {
            int at = PODS.indexOf(pod);
            if (at == 0) {
              LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
            }
            List<String> all = new ArrayList<>(PODS.subList(at, PODS.size()));
            all.addAll(PODS.subList(0, at));
            return all;
          });
      List<String> names = names();
      try (Furrow driver = driver(certificates.valid(), names.get(2))) {
        Cluster.awaitWorkers(driver, PODS.size());
        assertThat(driver.cluster().nodes())
            .extracting(ClusterView.Node::name)
            .containsAll(names)
            .hasSize(PODS.size() + 1);
        assertThat(driver.submit(new Tasks.Where(1)).join()).isIn(names);
      }
      nodes.get(1).signal("TERM");
      assertThat(nodes.get(1).awaitExit(Cluster.PATIENCE)).isZero();
    }
  }

  private List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    for (Jvm node : nodes) {
      names.add(node.awaitLine("furrow: node ", Cluster.PATIENCE).replace(" is up", ""));
    }
    return names;
  }

  /** The others do not know whether a pod that is silent has stopped, or decides the same. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnWithoutASilentPodOnlyWithTheLease(boolean isTaken) throws Exception {
    Certificates certificates = new Certificates(folder);
    int port = freePort();
    Path localhost = certificates.named("localhost");
    try (KubernetesApi api = new KubernetesApi(localhost, port, (pod, question) -> PODS)) {
      for (String address : PODS) {
        pod(address, api, port, certificates.valid(), localhost, true);
      }
      List<String> names = names().subList(0, 2);
      List<Jvm> others = nodes.subList(0, 2);
      Jvm silent = nodes.get(2);
      if (isTaken) {
        api.giveLease("furrow-pekko-sbr", "somebody else");
      }
      silent.signal("STOP");
      if (isTaken) {
        for (Jvm node : others) {
          assertThat(node.awaitExit(Cluster.PATIENCE)).as(node.toString()).isNotZero();
        }
        assertThat(api.holder()).isEqualTo("somebody else");
        return;
      }
      Cluster.await(
          () -> others.stream().anyMatch(node -> node.toString().contains("is downing")),
          others::toString);
      assertThat(names).anyMatch(name -> api.holder().contains(name));
      silent.signal("CONT");
      assertThat(silent.awaitExit(Cluster.PATIENCE)).as(silent.toString()).isNotZero();
      assertThat(others).allMatch(Jvm::isAlive);
    }
  }

  private static Furrow driver(Path tls, String seed) {
    Furrow.Builder builder =
        Furrow.builder()
            .profile("cluster")
            .set("furrow.node.slots", 0)
            .set("furrow.cluster.seeds", List.of(seed));
    Certificates.settings(tls).forEach(builder::set);
    return builder.start();
  }
}
