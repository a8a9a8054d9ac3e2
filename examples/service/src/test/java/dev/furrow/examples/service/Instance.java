package dev.furrow.examples.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, and who asks it. */
final class Instance implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private int port;

  private Instance(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one on free ports and waits until it listens.
   *
   * @param properties as {@code name=value}: Furrow's, or Spring's
   */
  static Instance start(String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dserver.port=0"));
    command.addAll(List.of("-Dfurrow.node.port=0", "-Dfurrow.node.slots=2"));
    Arrays.stream(properties).forEach(property -> command.add("-D" + property));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Service.class.getName()));
    Instance instance = new Instance(new ProcessBuilder(command).redirectErrorStream(true).start());
    try {
      instance.awaitPort();
      return instance;
    } catch (AssertionError | InterruptedException failed) {
      instance.close();
      throw failed;
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (this) {
          lines.add(line);
          Matcher started = PORT.matcher(line);
          port = started.find() ? Integer.parseInt(started.group(1)) : port;
          notifyAll();
        }
      }
    } catch (IOException gone) {
      synchronized (this) {
        lines.add("(its output broke off: " + gone + ")");
      }
    }
  }

  private synchronized void awaitPort() throws InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (port == 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0 || !process.isAlive()) {
        throw new AssertionError("does not listen:\n" + String.join("\n", lines));
      }
      wait(Math.min(left, 100));
    }
  }

  CompletableFuture<HttpResponse<String>> ask(String path) {
    URI at = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(at).timeout(LONGEST).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return ask(path).join();
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(response.body(), broken);
    }
  }

  /** The nodes of the cluster that it is in. */
  List<String> nodes() {
    JsonNode furrow = json(get("/actuator/health")).at("/components/furrow/details/nodes");
    List<String> names = new ArrayList<>();
    furrow.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What a meter counts, all its tags together. */
  double meter(String name) {
    return get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  void await(BooleanSupplier condition) {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("did not come:\n" + output());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** SIGTERM, as whoever runs services sends it. */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end:\n" + output());
    }
    return process.exitValue();
  }

  synchronized String output() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
