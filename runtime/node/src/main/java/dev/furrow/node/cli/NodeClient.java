package dev.furrow.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/** Asks one node over HTTP. Each question has a bound in time and size. */
final class NodeClient {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 10_000;
  private static final int MOST_BYTES = 16 << 20;

  private final URI base;
  private final Optional<String> token;
  private final Optional<NodeTrust> trust;

  NodeClient(URI base, Optional<String> token, Optional<NodeTrust> trust) {
    this.base = base;
    this.token = token;
    this.trust = trust;
  }

  /** What a node has answered; of what is no JSON, a node that is missing. */
  private record Answer(int status, JsonNode body) {}

  /** How far a node's clock is from this one's, at the least; negative where it is behind. */
  Duration clockDifference() {
    Instant before = Instant.now();
    long date;
    try {
      HttpURLConnection connection = open("GET", "/health/alive");
      connection.getResponseCode();
      date = connection.getDate();
      connection.disconnect();
    } catch (IOException failed) {
      throw unreachable(failed);
    }
    Instant after = Instant.now();
    if (date == 0) {
      throw new CommandFailure(ExitCode.FAILED, base + " does not say what time it is");
    }
    // The header has whole seconds.
    Duration behind = Duration.between(Instant.ofEpochMilli(date).plusSeconds(1), before);
    Duration ahead = Duration.between(after, Instant.ofEpochMilli(date));
    if (!behind.isNegative()) {
      return behind.negated();
    }
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }

  /** The cluster as the node sees it. */
  JsonNode cluster() {
    Answer answer = ask("GET", "/api/cluster");
    if (!answer.body().path("nodes").isArray()) {
      throw new CommandFailure(
          ExitCode.FAILED, base + " did not answer as a node of Furrow does: correct --url");
    }
    return answer.body();
  }

  /** Tells a node, this one or another, to leave. */
  void drain(String node) {
    ask("POST", "/api/nodes/" + URLEncoder.encode(node, StandardCharsets.UTF_8) + "/drain");
  }

  private Answer ask(String method, String path) {
    Answer answer;
    try {
      HttpURLConnection connection = open(method, path);
      answer = new Answer(connection.getResponseCode(), body(connection));
    } catch (IOException failed) {
      throw unreachable(failed);
    }
    if (answer.status() / 100 != 2) {
      throw refused(method, answer);
    }
    return answer;
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Accept", "application/json");
    token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
    if (connection instanceof HttpsURLConnection encrypted) {
      trust.ifPresent(known -> known.applyTo(encrypted));
    }
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().close();
    }
    return connection;
  }

  private JsonNode body(HttpURLConnection connection) throws IOException {
    InputStream stream =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (stream == null) {
      return MissingNode.getInstance();
    }
    try (stream) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new CommandFailure(
            ExitCode.FAILED, base + " answered more than " + (MOST_BYTES >> 20) + " MiB");
      }
      return Output.JSON.readTree(bytes);
    } catch (JsonProcessingException other) {
      return MissingNode.getInstance();
    }
  }

  private CommandFailure unreachable(IOException failed) {
    String text = String.valueOf(failed.getMessage());
    if (failed instanceof SSLException
        && text.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
      return new CommandFailure(
          ExitCode.UNREACHABLE,
          base + " does not speak TLS: ask by http://" + base.getRawAuthority(),
          failed);
    }
    String what =
        failed instanceof SSLException
            ? "the node at "
                + base
                + " is not trusted, or does not trust: "
                + failed.getMessage()
                + ": correct --ca-file, --name or furrow.tls"
            : "no node answers at "
                + base
                + " ("
                + reason(failed)
                + "): check that one runs with furrow.http.port set, or correct --url";
    return new CommandFailure(ExitCode.UNREACHABLE, what, failed);
  }

  private static String reason(IOException failed) {
    String text = failed.getMessage();
    return text == null ? failed.getClass().getSimpleName() : text;
  }

  private CommandFailure refused(String method, Answer answer) {
    String said = answer.body().path("error").asText("status " + answer.status());
    return switch (answer.status()) {
      case 401, 403 ->
          new CommandFailure(
              ExitCode.NOT_ALLOWED,
              base + " does not allow this: " + said + ": name the right --token-file");
      case 404 ->
          method.equals("POST")
              ? new CommandFailure(ExitCode.NO_SUCH_NODE, said)
              : new CommandFailure(ExitCode.FAILED, base + " is no node of Furrow: " + said);
      default -> new CommandFailure(ExitCode.FAILED, base + " refused: " + said);
    };
  }
}
