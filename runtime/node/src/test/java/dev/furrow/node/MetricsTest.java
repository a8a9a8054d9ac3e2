package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskCancelledException;
import dev.furrow.TaskContext;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskOptions;
import dev.furrow.TaskTimedOutException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a node measures, in a registry of the program's and as Prometheus reads it. */
final class MetricsTest {

  private static FurrowNode start(int slots) {
    return (FurrowNode) Furrow.builder().slots(slots).set("furrow.http.port", 0).start();
  }

  /** A registry of a program that embeds Furrow. */
  private record Meters(SimpleMeterRegistry registry) implements AutoCloseable {

    static Meters of(Furrow furrow) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      FurrowMetrics.of(furrow).bindTo(registry);
      return new Meters(registry);
    }

    double gauge(String name) {
      return registry.get(name).gauge().value();
    }

    double ended(String outcome) {
      return registry.get("furrow.tasks.ended").tag("outcome", outcome).functionCounter().count();
    }

    double attempts(String outcome) {
      return registry.get("furrow.task.duration").tag("outcome", outcome).functionTimer().count();
    }

    double millis(String outcome) {
      return registry
          .get("furrow.task.duration")
          .tag("outcome", outcome)
          .functionTimer()
          .totalTime(TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
      registry.close();
    }
  }

  @Test
  void shouldCountWhatBecomesOfTasks() {
    try (FurrowNode node = start(2);
        Meeting meeting = Meeting.open();
        Meters meters = Meters.of(node)) {
      assertThat(node.submitAll(LongStream.range(0, 700).mapToObj(Tasks.Square::new)).join())
          .hasSize(700);
      assertThat(meters.ended("succeeded")).isEqualTo(700);
      assertThat(meters.attempts("succeeded")).isEqualTo(700);

      assertThatThrownBy(node.submit(new Tasks.Fail("once"))::join)
          .isInstanceOf(TaskFailedException.class);
      TaskOptions again = TaskOptions.defaults().retries(2).backoff(Duration.ofMillis(1));
      assertThatThrownBy(node.submit(new Tasks.Fail("thrice"), again)::join)
          .isInstanceOf(TaskFailedException.class);
      assertThat(meters.ended("failed")).isEqualTo(2);
      assertThat(meters.attempts("failed")).isEqualTo(4);
      assertThat(meters.registry().get("furrow.tasks.retried").functionCounter().count())
          .isEqualTo(2);

      TaskOptions brief = TaskOptions.defaults().timeout(Duration.ofMillis(50));
      assertThatThrownBy(node.submit(new Tasks.Attend(meeting.name()), brief)::join)
          .isInstanceOf(TaskTimedOutException.class);
      assertThat(meters.ended("timed_out")).isEqualTo(1);
      assertThat(meters.attempts("timed_out")).isEqualTo(1);
      assertThat(meters.millis("timed_out")).isGreaterThanOrEqualTo(50);
      assertThat(meters.ended("failed")).as("a time limit is no failure").isEqualTo(2);

      Ref<String> unwanted = node.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(2);
      unwanted.cancel();
      assertThatThrownBy(unwanted::join).isInstanceOf(TaskCancelledException.class);
      assertThat(meters.ended("cancelled")).isEqualTo(1);
      Eventually.holds("its attempt is over", () -> meters.attempts("cancelled") == 1);
      assertThat(meters.ended("succeeded")).isEqualTo(700);
      assertThat(meters.attempts("succeeded")).isEqualTo(700);
    }
  }

  @Test
  void shouldShowWhatRunsAndWaits() {
    try (FurrowNode node = start(2);
        Meeting meeting = Meeting.open();
        Meters meters = Meters.of(node)) {
      assertThat(meters.gauge("furrow.slots")).isEqualTo(2);
      assertThat(meters.gauge("furrow.slots.used")).isZero();
      List<Ref<String>> refs =
          LongStream.range(0, 5)
              .mapToObj(n -> node.submit(new Tasks.Attend(meeting.name())))
              .toList();
      meeting.awaitArrivals(2);
      Eventually.holds(
          "two run and three wait",
          () ->
              meters.gauge("furrow.slots.used") == 2
                  && meters.gauge("furrow.tasks.running") == 2
                  && meters.gauge("furrow.tasks.waiting") == 3);
      assertThat(meters.gauge("furrow.jobs.open")).isEqualTo(1);
      assertThat(meters.registry().get("furrow.nodes").tag("state", "up").gauge().value())
          .isEqualTo(1);
      meeting.release();
      refs.forEach(Ref::join);
      Eventually.holds(
          "nothing runs or waits",
          () ->
              meters.gauge("furrow.slots.used") == 0
                  && meters.gauge("furrow.leases.waiting") == 0
                  && meters.gauge("furrow.tasks.running") == 0
                  && meters.gauge("furrow.tasks.waiting") == 0);
      Ref<String> stubborn = node.submit(new Tasks.Stubborn(meeting.name()));
      stubborn.join();
      assertThat(meters.gauge("furrow.threads.abandoned")).isZero();
    }
  }

  @Test
  void shouldShowThreadsThatDoNotStop() {
    try (FurrowNode node = start(1);
        Meeting meeting = Meeting.open();
        Meters meters = Meters.of(node)) {
      Ref<String> stubborn = node.submit(new Tasks.Stubborn(meeting.name()));
      meeting.awaitArrivals(1);
      stubborn.cancel();
      Eventually.holds("one is away", () -> meters.gauge("furrow.threads.abandoned") == 1);
      meeting.release();
      Eventually.holds("it is back", () -> meters.gauge("furrow.threads.abandoned") == 0);
    }
  }

  @Test
  void shouldBeReadByPrometheus() {
    try (FurrowNode node = start(3)) {
      assertThat(node.submit(new Tasks.Square(3)).join()).isEqualTo(9);
      HttpResponse<String> page = new Web(node).get("/metrics");
      assertThat(page.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=UTF-8");
      assertThat(page.body())
          .contains(
              "\nfurrow_slots 3.0\n",
              "\nfurrow_slots_used 0.0\n",
              "\nfurrow_task_duration_seconds_count{outcome=\"succeeded\"} 1\n",
              "\nfurrow_task_duration_seconds_sum{outcome=\"failed\"} 0.0\n",
              "\nfurrow_tasks_ended_total{outcome=\"succeeded\"} 1.0\n",
              "\nfurrow_tasks_retried_total 0.0\n",
              "\nfurrow_leases_lost_total 0.0\n",
              "\nfurrow_leases_waiting 0.0\n",
              "\nfurrow_partitions 0.0\n",
              "\nfurrow_nodes{state=\"up\"} 1.0\n",
              "\nfurrow_link_pending_bytes 0.0\n",
              "\njvm_memory_used_bytes{",
              "\njvm_threads_live_threads ",
              "\nprocess_cpu_usage ");
    }
  }

  record Measure() implements Task<String> {
    @Override
    public String run(TaskContext context) {
      try {
        FurrowMetrics.of(context.furrow());
        return "there are some";
      } catch (IllegalArgumentException refused) {
        return refused.getMessage();
      }
    }
  }

  @Test
  void shouldNotMeasureATask() {
    try (Furrow node = Furrow.local()) {
      assertThat(node.submit(new Measure()).join()).contains("only the Furrow of a node");
    }
  }
}
