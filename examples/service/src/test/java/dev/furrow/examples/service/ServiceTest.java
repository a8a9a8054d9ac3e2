package dev.furrow.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The service as it is deployed: processes that are asked over HTTP and told to end. */
final class ServiceTest {

  private static final AsianCall OPTION = new AsianCall(100, 105, 0.03, 0.25, 21);
  private static final String QUESTION =
      "/price?spot=100&strike=105&rate=0.03&volatility=0.25&days=21&seed=7&paths=";

  /** The moments of {@link #QUESTION}, computed by one thread. */
  private static Moments plainly(long paths) {
    return Paths.share(OPTION, paths, 7)
        .map(task -> task.run(null))
        .reduce(Moments.NONE, Moments::plus);
  }

  @Test
  void shouldShareRequestsAndLeaveInOrder() throws Exception {
    try (Instance first = Instance.start();
        Instance second = Instance.start("furrow.cluster.seeds.0=" + first.nodes().get(0))) {
      first.await(() -> first.nodes().size() == 2);
      List<String> both = first.nodes();

      JsonNode price = Instance.json(first.get(QUESTION + 2_000_000));

      assertThat(price.get("price").asDouble()).isEqualTo(plainly(2_000_000).mean());
      long tasks = Paths.share(OPTION, 2_000_000, 7).count();
      assertThat(price.get("tasks").asLong()).isEqualTo(tasks);
      assertThat(price.get("nodes")).extracting(JsonNode::asText).hasSameElementsAs(both);
      String ended = "furrow_tasks_ended_total";
      first.await(() -> first.meter(ended) == tasks);
      assertThat(second.meter(ended)).isZero();
      assertThat(first.meter("furrow_slots")).isEqualTo(2);
      assertThat(first.meter("http_server_requests_seconds_count")).isPositive();

      CompletableFuture<HttpResponse<String>> running = first.ask(QUESTION + 5_000_000);
      first.await(() -> first.meter("furrow_jobs_open") == 1);
      first.terminate();

      HttpResponse<String> last = running.join();
      assertThat(last.statusCode()).as(first::output).isEqualTo(200);
      assertThat(Instance.json(last).get("price").asDouble()).isEqualTo(plainly(5_000_000).mean());
      assertThat(first.exitCode()).isEqualTo(128 + 15);
      assertThat(first.output()).doesNotContain("ERROR");
      assertThat(first.output().lines())
          .noneMatch(line -> line.contains(" WARN ") && line.contains("dev.furrow"));
      second.await(() -> second.nodes().size() == 1);
      assertThat(second.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertThat(second.get(QUESTION + 1000).statusCode()).as(second::output).isEqualTo(200);
    }
  }

  @Test
  void shouldRefuseWhatIsWrongOrTooMuch() throws Exception {
    try (Instance service = Instance.start("pricing.at-once=1", "pricing.longest=5s")) {
      HttpResponse<String> wrong = service.get("/price?volatility=-1");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(Instance.json(wrong).get("detail").asText())
          .isEqualTo("volatility must be above 0 and at most 5 (was -1.0)");

      CompletableFuture<HttpResponse<String>> tooLong =
          service.ask("/price?paths=10000000&days=2520");
      service.await(() -> service.meter("furrow_jobs_open") == 1);
      HttpResponse<String> full = service.get("/price");
      assertThat(full.statusCode()).isEqualTo(503);
      assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(tooLong.join().statusCode()).isEqualTo(504);
      service.await(() -> service.get("/price?paths=10").statusCode() == 200);
    }
  }
}
