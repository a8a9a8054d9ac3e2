package dev.furrow.node.cli;

import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether a node could listen where it is told to, and what {@link SeedCheck} looks at. */
final class NetworkCheck {

  static final int CONNECT_MILLIS = 2_000;

  private final NodeSettings settings;
  private final boolean running;
  private final Findings findings;

  NetworkCheck(NodeSettings settings, boolean running, Findings findings) {
    this.settings = settings;
    this.running = running;
    this.findings = findings;
  }

  void run() {
    Optional<InetAddress> node = nodeHost();
    node.ifPresent(
        at -> {
          Map<String, Integer> ports = new LinkedHashMap<>();
          ports.put("furrow.node.port", settings.node().port());
          ports.put("furrow.link.port", settings.link().port());
          if (isKubernetes()) {
            ports.put("furrow.kubernetes.bootstrap-port", settings.kubernetes().bootstrapPort());
          }
          ports.forEach((name, port) -> port(name, at, port));
          together(ports);
        });
    if (settings.http().port().isPresent()) {
      here("furrow.http.host", settings.http().host())
          .ifPresent(at -> port("furrow.http.port", at, settings.http().port().getAsInt()));
    }
    if (!isKubernetes()) {
      new SeedCheck(settings, findings).run();
    }
  }

  private boolean isKubernetes() {
    return settings.profile().equals("kubernetes");
  }

  private Optional<InetAddress> nodeHost() {
    String host = settings.node().host();
    if (isEverywhere(host)) {
      findings.fail(
          "host",
          "furrow.node.host is " + host + ", at which no other node reaches this one",
          "set it to an address or name of this machine");
      return Optional.empty();
    }
    Optional<InetAddress> found = here("furrow.node.host", host);
    if (isKubernetes() && found.filter(InetAddress::isLoopbackAddress).isPresent()) {
      findings.warn(
          "host",
          "furrow.node.host is " + host + ", at which no other pod reaches this one",
          "set FURROW_NODE_HOST to the address of the pod (status.podIP)");
    }
    return found;
  }

  private static boolean isEverywhere(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /** An address that a setting names, if it is of this machine. */
  private Optional<InetAddress> here(String setting, String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null) {
        findings.ok("host", setting + " " + host + " is of this machine");
        return Optional.of(address);
      }
      findings.fail(
          "host",
          setting + " " + host + " is " + address.getHostAddress() + ", not of this machine",
          "set it to an address or name of this machine");
    } catch (UnknownHostException unknown) {
      findings.fail(
          "host",
          setting + " " + host + " has no address",
          "correct the name, or set an address of this machine");
    } catch (SocketException failed) {
      findings.fail("host", "the addresses of this machine cannot be told: " + failed, "");
    }
    return Optional.empty();
  }

  private void port(String setting, InetAddress at, int port) {
    String where = setting + " " + port;
    if (port == 0) {
      findings.ok("port", where + ", any that is free");
    } else if (running) {
      InetAddress target = at.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : at;
      if (connects(new InetSocketAddress(target, port))) {
        findings.ok("port", where + " answers");
      } else {
        findings.fail("port", where + " does not answer", "see whether the node runs, and its log");
      }
    } else {
      free(where, setting, at, port);
    }
  }

  private void free(String where, String setting, InetAddress at, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(at, port), 1);
      findings.ok("port", where + " is free");
    } catch (IOException taken) {
      findings.fail(
          "port",
          where + " cannot be opened (" + taken.getMessage() + ")",
          "set " + setting + " to a free port, or say --running if the node runs already");
    }
  }

  /** Ports that are free one by one, but not for each other. */
  private void together(Map<String, Integer> ports) {
    Map<Integer, String> owners = new LinkedHashMap<>();
    Map<String, Integer> all = new LinkedHashMap<>(ports);
    settings.http().port().ifPresent(port -> all.put("furrow.http.port", port));
    all.forEach(
        (name, port) -> {
          String other = port == 0 ? null : owners.putIfAbsent(port, name);
          if (other != null) {
            findings.fail(
                "port", other + " and " + name + " are both " + port, "set one to another port");
          }
        });
  }

  static boolean connects(InetSocketAddress at) {
    try (Socket socket = new Socket()) {
      socket.connect(at, CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
