package dev.furrow.node.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the HTTP of a node does, for a cluster of two nodes. A node that has left comes back
 * at once, in another life.
 */
final class FakeNode implements AutoCloseable {

  static final String VIEW = "view-token-of-the-test";
  static final String ADMIN = "admin-token-of-the-test";
  static final String SELF = "127.0.0.1:7001";
  static final String OTHER = "127.0.0.1:7002";

  private static final int LOOKS_UNTIL_GONE = 2;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile String leaving = "";
  private final AtomicInteger looks = new AtomicInteger();

  FakeNode(@Nullable SSLContext tls) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(any, 0);
    } else {
      HttpsServer encrypted = HttpsServer.create(any, 0);
      encrypted.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = encrypted;
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Methods and paths, in order. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange request) throws IOException {
    String what = request.getRequestMethod() + " " + request.getRequestURI().getPath();
    asked.add(what);
    String given = request.getRequestHeaders().getFirst("Authorization");
    boolean isDrain = what.startsWith("POST /api/nodes/");
    if (given == null) {
      answer(request, 401, "{\"error\": \"a token is needed\"}");
    } else if (isDrain && !given.equals("Bearer " + ADMIN)) {
      answer(request, 403, "{\"error\": \"this token may only look\"}");
    } else if (isDrain) {
      drain(request, what.replaceFirst(".*/nodes/(.*)/drain", "$1"));
    } else if (what.equals("GET /api/cluster")) {
      cluster(request);
    } else {
      answer(request, 404, "<html>not JSON</html>");
    }
  }

  private void drain(HttpExchange request, String node) throws IOException {
    if (!node.equals(SELF) && !node.equals(OTHER)) {
      answer(request, 404, "{\"error\": \"there is no node " + node + "\"}");
      return;
    }
    leaving = node;
    answer(request, 202, "{}");
  }

  private void cluster(HttpExchange request) throws IOException {
    boolean gone = !leaving.isEmpty() && looks.incrementAndGet() > LOOKS_UNTIL_GONE;
    if (gone && leaving.equals(SELF)) {
      new Thread(() -> server.stop(0)).start();
      answer(request, 503, "{\"error\": \"this node leaves\"}");
      return;
    }
    answer(
        request,
        200,
        gone
            ? view(node(SELF, 1) + "," + node(OTHER, 3))
            : view(node(SELF, 1) + "," + node(OTHER, 2)));
  }

  private static String view(String nodes) {
    return "{\"cluster\":\"furrow\",\"node\":\""
        + SELF
        + "\",\"version\":\"1\",\"nodes\":["
        + nodes
        + "],\"hotPartitions\":[]}";
  }

  private String node(String name, int uid) {
    return "{\"name\":\""
        + name
        + "\",\"uid\":\""
        + uid
        + "\",\"self\":"
        + name.equals(SELF)
        + ",\"slots\":"
        + (uid == 1 ? 12 : 4)
        + ",\"resources\":"
        + (uid == 1 ? "{}" : "{\"gpu\":2}")
        + ",\"roles\":[\"worker\"],\"state\":\""
        + (name.equals(leaving) ? "LEAVING" : "UP")
        + "\"}";
  }

  private static void answer(HttpExchange request, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    request.sendResponseHeaders(status, bytes.length);
    request.getResponseBody().write(bytes);
    request.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
