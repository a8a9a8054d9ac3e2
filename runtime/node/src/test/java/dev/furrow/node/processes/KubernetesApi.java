package dev.furrow.node.processes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a pod asks of Kubernetes, over HTTPS: the list of pods with some labels. Each pod has a
 * token of its own, so that each can be told something else.
 */
final class KubernetesApi implements AutoCloseable {

  /** How the pods are told to pods; may wait. */
  interface Answers {
    /** The addresses of the pods that a pod is told of, in order, at its n-th question. */
    List<String> to(String pod, int question);
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final Map<String, String> paths = new ConcurrentHashMap<>();
  private final int bootstrapPort;
  private volatile Answers answers;

  /**
   * @param certificate a folder with one for {@code localhost}
   * @param bootstrapPort of all pods
   */
  KubernetesApi(Path certificate, int bootstrapPort, Answers answers) throws IOException {
    this.bootstrapPort = bootstrapPort;
    this.answers = answers;
    NodeSettings.TlsFiles files =
        new NodeSettings.TlsFiles(
            certificate.resolve("tls.crt"),
            certificate.resolve("tls.key"),
            certificate.resolve("ca.crt"));
    NodeTls tls = NodeTls.of(new NodeSettings.Tls(Optional.of(files), "", false));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void answers(Answers then) {
    answers = then;
  }

  /** How often a pod has asked. */
  int asked(String pod) {
    return asked.getOrDefault(pod, 0);
  }

  /** What was asked for, by pod. */
  Map<String, String> paths() {
    return Map.copyOf(paths);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      String pod = token == null ? "nobody" : token.replace("Bearer ", "");
      paths.put(pod, exchange.getRequestURI().toString());
      int question = asked.merge(pod, 1, Integer::sum);
      byte[] body = list(answers.to(pod, question)).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String list(List<String> addresses) {
    Function<String, String> pod =
        address ->
            """
            {"metadata": {"name": "furrow-%s"},
             "spec": {"containers": [{"name": "furrow",
               "ports": [{"name": "bootstrap", "containerPort": %d, "protocol": "TCP"}]}]},
             "status": {"podIP": "%s", "phase": "Running",
               "containerStatuses": [{"name": "furrow", "ready": false,
                 "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}]}}
            """
                .formatted(address.replace('.', '-'), bootstrapPort, address);
    return "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": ["
        + addresses.stream().map(pod).collect(Collectors.joining(","))
        + "]}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
