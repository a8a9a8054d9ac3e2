package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.furrow.Furrow;
import dev.furrow.node.http.Endpoint;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Who may what, by every method: one table, and a test for each of its fields. */
final class HttpAccessTest {

  private static final String VIEW = "the-token-of-those-who-look";
  private static final String ADMIN = "the-token-of-those-who-may-all";

  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");

  /** Methods that are not named here are answered by 405. */
  private static final String TABLE =
      """
      method  path                               open  none  wrong  view  admin
      GET     /health/startup                    200   200   200    200   200
      HEAD    /health/startup                    200   200   200    200   200
      GET     /health/ready                      200   200   200    200   200
      HEAD    /health/ready                      200   200   200    200   200
      GET     /health/alive                      200   200   200    200   200
      HEAD    /health/alive                      200   200   200    200   200
      GET     /metrics                           200   401   401    200   200
      HEAD    /metrics                           200   401   401    200   200
      GET     /api/cluster                       200   401   401    200   200
      HEAD    /api/cluster                       200   401   401    200   200
      POST    /api/nodes/local/drain             409   401   401    403   409
      POST    /api/nodes/10.0.0.9:7355/drain     404   401   401    403   404
      POST    /api/nodes/%5B::1%5D:7355/drain    404   401   401    403   404
      """;

  private static final List<String> NOWHERE =
      List.of(
          "/",
          "/health",
          "/health/ready/",
          "/Metrics",
          "//metrics",
          "/api/nodes//drain",
          "/api/nodes/a/b/drain",
          "/api/nodes/local");

  private record Row(String method, String path, Map<String, Integer> status) {}

  private static FurrowNode open;
  private static FurrowNode guarded;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    open = (FurrowNode) Furrow.builder().slots(1).set("furrow.http.port", 0).start();
    guarded =
        (FurrowNode)
            Furrow.builder()
                .slots(1)
                .set("furrow.http.port", 0)
                .set("furrow.http.view-token-file", file(folder, "view", VIEW))
                .set("furrow.http.admin-token-file", file(folder, "admin", ADMIN))
                .start();
  }

  private static String file(Path folder, String name, String token) throws IOException {
    return Files.writeString(folder.resolve(name), token + "\n").toString();
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  private static List<Row> rows() {
    List<String> lines = TABLE.lines().toList();
    String[] columns = lines.get(0).split(" +", -1);
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(" +", -1);
      Map<String, Integer> status = new LinkedHashMap<>();
      for (int i = 2; i < fields.length; i++) {
        status.put(columns[i], Integer.parseInt(fields[i]));
      }
      rows.add(new Row(fields[0], fields[1], status));
    }
    return rows;
  }

  @TestFactory
  Stream<DynamicTest> shouldAnswer() {
    List<Row> rows = rows();
    Stream<String> paths = Stream.concat(rows.stream().map(Row::path).distinct(), NOWHERE.stream());
    return paths.flatMap(
        path ->
            METHODS.stream()
                .flatMap(
                    method ->
                        rows.get(0).status().keySet().stream()
                            .map(
                                who ->
                                    test(method, path, who, expected(rows, method, path, who)))));
  }

  private static int expected(List<Row> rows, String method, String path, String who) {
    if (NOWHERE.contains(path)) {
      return 404;
    }
    return rows.stream()
        .filter(row -> row.method().equals(method) && row.path().equals(path))
        .findFirst()
        .map(row -> row.status().get(who))
        .orElse(405);
  }

  private static DynamicTest test(String method, String path, String who, int status) {
    return dynamicTest(
        method + " " + path + " by " + who + ": " + status,
        () -> {
          HttpResponse<String> answer =
              new Web(who.equals("open") ? open : guarded).send(method, path, headers(who));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
          if (status >= 400 && !method.equals("HEAD")) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body()).startsWith("{\"error\":\"");
          }
          assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
          assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
              .isEqualTo(status == 401);
          assertThat(answer.headers().map()).doesNotContainKey("server");
        });
  }

  private static String[] headers(String who) {
    return switch (who) {
      case "wrong" -> new String[] {"Authorization", "Bearer " + VIEW + "x"};
      case "view" -> new String[] {"Authorization", "Bearer " + VIEW};
      case "admin" -> new String[] {"Authorization", "bearer " + ADMIN};
      default -> new String[0];
    };
  }

  @Test
  void shouldHaveEveryEndpointInTheTable() {
    for (Endpoint endpoint : Endpoint.values()) {
      String path = endpoint.path().replace("{node}", "local");
      assertThat(rows())
          .anyMatch(row -> row.path().equals(path) && row.method().equals(endpoint.method()));
    }
  }
}
