package dev.furrow.node.cli;

import dev.furrow.config.Exposure;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.TokenFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which node is asked, and with what. The defaults are those of the node that runs here. */
final class HttpOptions {

  private static final int USUAL_PORT = 7080;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "The node to ask. Default: this machine, at the port of furrow.http.port or 7080; https"
            + " where nodes speak it: with furrow.tls, if furrow.http.host is not loopback."
      })
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Its first line is the token. Default: furrow.http.view-token-file, or"
            + " furrow.http.admin-token-file where that is needed or there is no other."
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = {
        "Authorities (PEM) that sign nodes' certificates. Default: those of furrow.tls, else those"
            + " of this JVM."
      })
  private @Nullable Path authorities;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "With --ca-file: what a node's certificate must carry, if not the host of the URL. Default:"
            + " furrow.tls.subject, else furrow.cluster.name."
      })
  private @Nullable String name;

  boolean isGiven() {
    return url != null;
  }

  /** The settings of this process, as for a node: where one runs, and what it accepts. */
  static NodeSettings settings() {
    return NodeSettings.from(FurrowConfig.load(null, Map.of()));
  }

  /**
   * Who asks a node.
   *
   * @param admin more is asked than to look
   */
  NodeClient client(NodeSettings settings, boolean admin) {
    URI at = base(settings);
    Optional<String> token = tokenFile(settings, admin).map(HttpOptions::token);
    boolean readable = at.getScheme().equals("http") && !Exposure.isLoopback(at.getHost());
    if (token.isPresent() && readable) {
      throw new CommandFailure(
          ExitCode.USAGE, "the token could be read on its way to " + at + ": ask by https");
    }
    return new NodeClient(at, token, trust(settings));
  }

  private URI base(NodeSettings settings) {
    if (url == null) {
      return URI.create(usual(settings));
    }
    try {
      URI given = new URI(url.replaceFirst("/+$", ""));
      boolean complete =
          given.getHost() != null
              && given.getUserInfo() == null
              && given.getQuery() == null
              && ("http".equals(given.getScheme()) || "https".equals(given.getScheme()));
      if (complete) {
        return given;
      }
    } catch (URISyntaxException notOne) {
      throw wrongUrl(notOne);
    }
    throw wrongUrl(null);
  }

  private ParameterException wrongUrl(@Nullable Exception cause) {
    return new ParameterException(
        command.commandLine(),
        "--url must be such as https://127.0.0.1:7080 (was " + url + ")",
        cause);
  }

  private static String usual(NodeSettings settings) {
    NodeSettings.Http http = settings.http();
    boolean everywhere = http.host().equals("0.0.0.0") || http.host().equals("[::]");
    int port = http.port().orElse(USUAL_PORT);
    return (Exposure.speaksHttps(settings) ? "https://" : "http://")
        + (everywhere ? "127.0.0.1" : http.host())
        + ":"
        + (port == 0 ? USUAL_PORT : port);
  }

  private Optional<Path> tokenFile(NodeSettings settings, boolean admin) {
    if (tokenFile != null) {
      return Optional.of(tokenFile);
    }
    NodeSettings.Http http = settings.http();
    return admin ? http.adminToken() : http.viewToken().or(http::adminToken);
  }

  /** Says nothing of what the file holds. */
  private static String token(Path file) {
    try {
      return TokenFiles.read(file);
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.FAILED, "the token cannot be sent: " + unusable.getMessage(), unusable);
    }
  }

  private Optional<NodeTrust> trust(NodeSettings settings) {
    if (authorities != null) {
      String subject = settings.tls().subject();
      String usual = subject.isEmpty() ? settings.cluster().name() : subject;
      return Optional.of(NodeTrust.ofAuthorities(authorities, name == null ? usual : name));
    }
    return settings.tls().files().map(files -> NodeTrust.ofNode(settings.tls()));
  }
}
