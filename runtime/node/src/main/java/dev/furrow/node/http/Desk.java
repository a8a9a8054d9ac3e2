package dev.furrow.node.http;

import dev.furrow.ClusterView;
import dev.furrow.node.http.HttpNode.Told;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to its answer. What needs no token is answered on the calling thread, so that
 * probes wait for nobody; the rest, which reads files, on threads that may wait.
 */
final class Desk {

  /** No request has a body that means anything. */
  static final int MOST_BYTES = 1024;

  private static final Logger log = LoggerFactory.getLogger(Desk.class);
  private static final long BODY_MILLIS = 2_000;
  private static final int MOST_QUOTED = 100;

  private final ClassicActorSystemProvider system;
  private final AllowedHosts hosts;
  private final Tokens tokens;
  private final HttpNode node;
  private final Supplier<String> metrics;
  private final Executor threads;

  Desk(
      ClassicActorSystemProvider system,
      AllowedHosts hosts,
      Tokens tokens,
      HttpNode node,
      Supplier<String> metrics,
      Executor threads) {
    this.system = system;
    this.hosts = hosts;
    this.tokens = tokens;
    this.node = node;
    this.metrics = metrics;
    this.threads = threads;
  }

  /** Reads the body, for the connection to go on behind it, and answers. */
  CompletionStage<HttpResponse> handle(HttpRequest request) {
    return request
        .entity()
        .toStrict(BODY_MILLIS, MOST_BYTES, system)
        .handle((body, failure) -> failure == null ? answer(request) : unread(failure))
        .thenCompose(answer -> answer)
        .exceptionally(Desk::failed);
  }

  private static CompletionStage<HttpResponse> unread(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    HttpResponse answer =
        cause instanceof TimeoutException
            ? Answers.error(408, "the body did not come within " + BODY_MILLIS + " ms: send none")
            : Answers.error(
                413, "the body is larger than " + MOST_BYTES + " bytes, or broke off: send none");
    return CompletableFuture.completedFuture(answer.addHeader(Connection.create("close")));
  }

  private static HttpResponse failed(Throwable defect) {
    log.error("a request could not be answered", defect);
    return Answers.error(500, "a defect of this node, which its log tells of: ask again");
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    List<String> asked = headers(request, "host");
    List<String> origins = headers(request, "origin");
    if (!hosts.mayBeAsked(asked)) {
      return CompletableFuture.completedFuture(
          Answers.error(
              421,
              "this node does not answer to "
                  + quoted(asked)
                  + ": use its address, or add the name to furrow.http.hosts"));
    }
    if (!hosts.mayAsk(origins, asked.get(0))) {
      return CompletableFuture.completedFuture(
          Answers.error(
              403,
              "pages of "
                  + quoted(origins)
                  + " may not ask this node: add their host to furrow.http.hosts if they may"));
    }
    String path = request.getUri().path();
    return Endpoint.at(path)
        .map(endpoint -> answer(endpoint, path, request))
        .orElseGet(() -> CompletableFuture.completedFuture(noSuch(path)));
  }

  private static HttpResponse noSuch(String path) {
    return Answers.error(
        404,
        "there is nothing at "
            + quoted(List.of(path))
            + ": there are "
            + Stream.of(Endpoint.values())
                .map(one -> one.method() + " " + one.path())
                .collect(Collectors.joining(", ")));
  }

  private CompletionStage<HttpResponse> answer(
      Endpoint endpoint, String path, HttpRequest request) {
    // A HEAD comes as a GET, and its answer goes without a body.
    if (!request.method().value().equals(endpoint.method())) {
      String allowed = endpoint.method().equals("GET") ? "GET, HEAD" : endpoint.method();
      return CompletableFuture.completedFuture(
          Answers.error(405, request.method().value() + " is not for " + path + ": use " + allowed)
              .addHeader(RawHeader.create("Allow", allowed)));
    }
    return switch (endpoint) {
      case STARTUP -> yesOrNo(CompletableFuture.completedFuture(node.hasStarted()));
      case READY -> yesOrNo(CompletableFuture.completedFuture(node.isReady()));
      case ALIVE -> yesOrNo(node.isAlive());
      case METRICS -> guarded(endpoint, request, () -> Answers.metrics(metrics.get()));
      case CLUSTER -> guarded(endpoint, request, () -> Answers.cluster(node));
      case DRAIN -> guarded(endpoint, request, () -> drain(endpoint.node(path).orElseThrow()));
    };
  }

  private static CompletionStage<HttpResponse> yesOrNo(CompletionStage<Boolean> answer) {
    return answer.thenApply(Answers::yesOrNo);
  }

  private CompletionStage<HttpResponse> guarded(
      Endpoint endpoint, HttpRequest request, Supplier<HttpResponse> answer) {
    return CompletableFuture.supplyAsync(
        () ->
            switch (tokens.ask(
                endpoint.role(), headers(request, "authorization").stream().findFirst())) {
              case GRANTED -> answer.get();
              case UNKNOWN ->
                  Answers.error(
                          401,
                          endpoint.path()
                              + " needs a token that is known here: send Authorization: Bearer and"
                              + " the first line of furrow.http."
                              + endpoint.role().name().toLowerCase(Locale.ROOT)
                              + "-token-file")
                      .addHeader(RawHeader.create("WWW-Authenticate", "Bearer"));
              case REFUSED ->
                  Answers.error(
                      403,
                      endpoint.path()
                          + " is not for those who may only look: send the token of"
                          + " furrow.http.admin-token-file");
            },
        threads);
  }

  private HttpResponse drain(String name) {
    Told told = node.leave(name);
    return switch (told) {
      case LEAVING -> {
        log.info("node {} is told to leave, by a request", name);
        yield Answers.leaving(name);
      }
      case ALONE ->
          Answers.error(409, "this node is the whole cluster: end the program that it is part of");
      case UNKNOWN ->
          Answers.error(
              404,
              "no node is called "
                  + quoted(List.of(name))
                  + ": there are "
                  + node.view().nodes().stream()
                      .map(ClusterView.Node::name)
                      .collect(Collectors.joining(", ")));
    };
  }

  private static List<String> headers(HttpRequest request, String name) {
    return StreamSupport.stream(request.getHeaders().spliterator(), false)
        .filter(header -> header.is(name))
        .map(HttpHeader::value)
        .toList();
  }

  private static String quoted(List<String> values) {
    String all = String.join(", ", values);
    return "'" + (all.length() > MOST_QUOTED ? all.substring(0, MOST_QUOTED) + "…" : all) + "'";
  }
}
