package dev.furrow.node.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pod asks of Kubernetes, over HTTPS: the list of pods with some labels, and a lease. Each
 * pod has a token of its own, so that each can be told something else.
 */
final class KubernetesApi implements AutoCloseable {

  /** How the pods are told to pods; may wait. */
  interface Answers {
    /** The addresses of the pods that a pod is told of, in order, at its n-th question. */
    List<String> to(String pod, int question);
  }

  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/fields/leases";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final Map<String, String> paths = new ConcurrentHashMap<>();
  private final int bootstrapPort;
  private volatile Answers answers;
  private @Nullable ObjectNode lease;

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
      String path = exchange.getRequestURI().toString();
      if (path.startsWith(LEASES)) {
        JsonNode sent = JSON.readTree(exchange.getRequestBody());
        answerLease(exchange, sent);
      } else {
        paths.put(pod, path);
        int question = asked.merge(pod, 1, Integer::sum);
        send(exchange, 200, list(answers.to(pod, question)));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Who writes must have seen what was written last. */
  private synchronized void answerLease(HttpExchange exchange, JsonNode sent) throws IOException {
    ObjectNode now = lease;
    String seen = sent.at("/metadata/resourceVersion").asText("0");
    if (exchange.getRequestMethod().equals("GET")) {
      send(exchange, now == null ? 404 : 200, now == null ? "{}" : now.toString());
    } else if (seen.equals(version(now))) {
      send(exchange, now == null ? 201 : 200, write((ObjectNode) sent));
    } else {
      send(exchange, 409, "{}");
    }
  }

  private static String version(@Nullable ObjectNode lease) {
    return lease == null ? "0" : lease.at("/metadata/resourceVersion").asText();
  }

  private synchronized String write(ObjectNode next) {
    int version = Integer.parseInt(version(lease)) + 1;
    next.withObject("/metadata").put("resourceVersion", Integer.toString(version));
    lease = next;
    return next.toString();
  }

  /** Who has the lease; empty if nobody. */
  synchronized String holder() {
    return lease == null ? "" : lease.at("/spec/holderIdentity").asText();
  }

  /** Gives the lease to somebody who is none of the pods. */
  synchronized void giveLease(String name, String holder) {
    ObjectNode held = JSON.createObjectNode().put("kind", "Lease");
    held.put("apiVersion", "coordination.k8s.io/v1").withObject("/metadata").put("name", name);
    held.withObject("/spec")
        .put("holderIdentity", holder)
        .put("acquireTime", NOW.format(OffsetDateTime.now(ZoneOffset.UTC)));
    write(held);
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
