package dev.furrow.node.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.furrow.FurrowException;
import dev.furrow.config.Exposure;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of a node for people and tools. On loopback it speaks HTTP; elsewhere HTTPS, with the
 * certificate of {@code furrow.tls}, which may be replaced while it runs. It ends with its actor
 * system at the latest.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration LONGEST_BIND = Duration.ofSeconds(10);
  private static final Duration LONGEST_END = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final MetricsPage metrics;
  private final ServerBinding binding;

  private HttpServer(ActorSystem<?> system, MetricsPage metrics, ServerBinding binding) {
    this.system = system;
    this.metrics = metrics;
    this.binding = binding;
  }

  /**
   * Listens where {@code furrow.http} says.
   *
   * @param settings whose {@code http().port()} is there
   * @param node is asked
   * @param furrow what the node measures
   * @throws IllegalArgumentException a token or a certificate cannot be read; names its file
   * @throws FurrowException the port cannot be had; nothing is left open
   */
  public static HttpServer bind(
      ActorSystem<?> system, NodeSettings settings, HttpNode node, MeterBinder furrow) {
    NodeSettings.Http http = settings.http();
    Tokens tokens = new Tokens(http);
    ServerBuilder builder =
        Http.get(system)
            .newServerAt(http.host(), http.port().orElseThrow())
            .withSettings(ServerSettings.create(limits(system, http)));
    if (Exposure.speaksHttps(settings)) {
      NodeTls tls = NodeTls.of(Adapter.toClassic(system));
      builder = builder.enableHttps(ConnectionContext.httpsServer(tls::serverOfTools));
    }
    MetricsPage metrics = new MetricsPage(furrow);
    Desk desk =
        new Desk(
            system,
            new AllowedHosts(settings),
            tokens,
            node,
            metrics,
            system.dispatchers().lookup(DispatcherSelector.blocking()));
    try {
      HttpServer server = new HttpServer(system, metrics, await(builder.bind(desk::handle), http));
      system.getWhenTerminated().whenComplete((done, failure) -> metrics.close());
      return server;
    } catch (RuntimeException failed) {
      metrics.close();
      throw failed;
    }
  }

  /**
   * Bounds for whoever connects. Nothing of what comes in is logged, since tokens may be in it, and
   * nothing of what answers is told.
   */
  private static Config limits(ActorSystem<?> system, NodeSettings.Http http) {
    String server = "pekko.http.server.";
    Map<String, Object> limits =
        Map.ofEntries(
            Map.entry(server + "server-header", ""),
            Map.entry(server + "enable-http2", false),
            Map.entry(server + "preview.enable-http2", false),
            Map.entry(server + "max-connections", http.maxConnections()),
            Map.entry(server + "pipelining-limit", 1),
            Map.entry(server + "idle-timeout", "30s"),
            Map.entry(server + "request-timeout", "10s"),
            Map.entry(server + "linger-timeout", "5s"),
            Map.entry(server + "default-host-header", ""),
            Map.entry(server + "transparent-head-requests", true),
            Map.entry(server + "verbose-error-messages", false),
            Map.entry(server + "log-unencrypted-network-bytes", "off"),
            Map.entry(server + "parsing.max-content-length", Desk.MOST_BYTES),
            Map.entry(server + "parsing.max-uri-length", 2048),
            Map.entry(server + "parsing.max-header-count", 64),
            Map.entry(server + "parsing.illegal-header-warnings", false),
            Map.entry(server + "parsing.error-logging-verbosity", "off"),
            Map.entry(server + "parsing.error-handler", MalformedRequests.class.getName()));
    return ConfigFactory.parseMap(limits).withFallback(system.settings().config());
  }

  private static ServerBinding await(
      CompletionStage<ServerBinding> binding, NodeSettings.Http http) {
    Future<ServerBinding> bound = binding.toCompletableFuture();
    try {
      return bound.get(LONGEST_BIND.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FurrowException("interrupted while opening furrow.http.port", interrupted);
    } catch (ExecutionException | TimeoutException failed) {
      throw notBound(http, failed);
    }
  }

  private static FurrowException notBound(NodeSettings.Http http, Exception failed) {
    String place = http.host() + ":" + http.port().orElseThrow();
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      text.append(text.isEmpty() ? "" : ": ").append(cause);
    }
    if (text.toString().toLowerCase(Locale.ROOT).contains("in use")) {
      return new FurrowException(
          "port "
              + place
              + " is in use: end the program that listens there, or set furrow.http.port to another"
              + " port (0 takes any free one)",
          failed);
    }
    return new FurrowException(
        "cannot listen on "
            + place
            + " ("
            + text
            + "): set furrow.http.host to an address of this machine and furrow.http.port to a port"
            + " that this user may open",
        failed);
  }

  /** The port that it listens on. */
  public int port() {
    return binding.localAddress().getPort();
  }

  /**
   * Accepts no more, lets what is being answered end within a second, and closes all connections.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    metrics.close();
    if (system.whenTerminated().isCompleted()) {
      return;
    }
    try {
      binding
          .terminate(LONGEST_END)
          .toCompletableFuture()
          .get(2 * LONGEST_END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      log.warn("the port of furrow.http may still be open: {}", late.toString());
    }
  }
}
