package dev.furrow.config;

import dev.furrow.config.NodeSettings.Http;
import dev.furrow.config.NodeSettings.Kubernetes;
import dev.furrow.config.NodeSettings.Tls;
import dev.furrow.config.NodeSettings.TlsFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** From names to what {@link NodeSettings} says of a node's ports and of who may reach them. */
final class NetworkParser {

  private final SettingsReader reader;

  NetworkParser(SettingsReader reader) {
    this.reader = reader;
  }

  Tls tls() {
    Optional<Path> certificate = file("furrow.tls.certificate");
    Optional<Path> key = file("furrow.tls.key");
    Optional<Path> authorities = file("furrow.tls.authorities");
    Optional<TlsFiles> files =
        certificate.flatMap(
            cert -> key.flatMap(own -> authorities.map(all -> new TlsFiles(cert, own, all))));
    if (files.isEmpty()
        && (certificate.isPresent() || key.isPresent() || authorities.isPresent())) {
      String missing =
          certificate.isEmpty() ? "certificate" : key.isEmpty() ? "key" : "authorities";
      throw reader.wrong(
          "furrow.tls." + missing, "name a file where another file of furrow.tls is set");
    }
    return new Tls(
        files,
        reader.text("furrow.tls.subject"),
        reader.flag("furrow.tls.allow-anyone-on-the-network"));
  }

  Http http() {
    return new Http(
        NodeSettingsParser.host(reader, "furrow.http.host"),
        httpPort(),
        file("furrow.http.view-token-file"),
        file("furrow.http.admin-token-file"),
        hosts(),
        reader.number("furrow.http.max-connections", 1));
  }

  private OptionalInt httpPort() {
    String path = "furrow.http.port";
    // A bare off is a boolean where a program sets it.
    String port = reader.text(path);
    if (port.equals("off") || port.equals("false")) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(reader.number(path, 0, NodeSettingsParser.MOST_PORT));
    } catch (IllegalArgumentException e) {
      throw reader.wrong(path, "be off or a port from 0 to " + NodeSettingsParser.MOST_PORT);
    }
  }

  private List<String> hosts() {
    return reader.list("furrow.http.hosts").stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .toList();
  }

  Kubernetes kubernetes() {
    String portName = reader.text("furrow.kubernetes.bootstrap-port-name");
    if (!portName.matches("[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?")) {
      throw reader.wrong(
          "furrow.kubernetes.bootstrap-port-name",
          "be a port's name of Kubernetes: 1 to 15 small letters, digits and -");
    }
    String selector = reader.text("furrow.kubernetes.selector");
    if (selector.isEmpty() || selector.contains("%")) {
      throw reader.wrong(
          "furrow.kubernetes.selector", "be a selector of labels such as app=furrow");
    }
    return new Kubernetes(
        reader.number("furrow.kubernetes.contact-points", 1),
        selector,
        reader.text("furrow.kubernetes.namespace"),
        reader.number("furrow.kubernetes.bootstrap-port", 1, NodeSettingsParser.MOST_PORT),
        portName,
        reader.flag("furrow.kubernetes.lease"));
  }

  private Optional<Path> file(String path) {
    String name = reader.text(path);
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw reader.wrong(path, "be a file's path");
    }
  }
}
