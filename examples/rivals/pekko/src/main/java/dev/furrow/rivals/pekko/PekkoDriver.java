package dev.furrow.rivals.pekko;

import dev.furrow.examples.bench.kit.Driver;
import dev.furrow.examples.bench.kit.Grid;
import dev.furrow.examples.bench.kit.Pending;
import dev.furrow.examples.bench.kit.Ports;
import dev.furrow.examples.bench.kit.Shape;
import dev.furrow.examples.bench.kit.Work;
import dev.furrow.examples.bench.kit.WorkerJvms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.AskTimeoutException;
import org.apache.pekko.pattern.Patterns;

/**
 * Asks workers by turns, one message a task. A worker that does not answer in time counts as lost;
 * what it was asked is asked of the others. That may run a task twice, and nothing here would
 * notice.
 */
final class PekkoDriver implements Grid {

  /** Longer than the fullest window takes; also the time until a loss is noticed. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ActorRef> workers;
  private int turn;

  private PekkoDriver(List<ActorRef> workers) {
    this.workers = workers;
  }

  /** Measures what the arguments name; see {@link Driver}. */
  public static void main(String[] args) {
    Driver.measureCluster(args, PekkoDriver::open);
  }

  private static PekkoDriver open(Shape shape) throws Exception {
    String[] ports = Ports.free(shape.workers()).split(",");
    for (String port : ports) {
      WorkerJvms.start(Worker.class, port, Integer.toString(shape.slotsEach()));
    }
    ActorSystem system = Worker.start("0", "1");
    List<ActorRef> workers = new ArrayList<>();
    for (String port : ports) {
      workers.add(find(system, port));
    }
    return new PekkoDriver(workers);
  }

  private static ActorRef find(ActorSystem system, String port) throws InterruptedException {
    String path = "pekko://" + Worker.SYSTEM + "@127.0.0.1:" + port + "/user/worker";
    while (true) {
      try {
        return system
            .actorSelection(path)
            .resolveOne(Duration.ofMillis(500))
            .toCompletableFuture()
            .get();
      } catch (ExecutionException notYet) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private record Asked(ActorRef worker, CompletionStage<Object> answer) {}

  @Override
  public Pending submit(Work work) {
    Messages.Run run = Messages.Run.of(work);
    Asked asked = ask(run);
    return () -> result(run, asked);
  }

  private Asked ask(Messages.Run run) {
    ActorRef worker = workers.get(turn++ % workers.size());
    return new Asked(worker, Patterns.ask(worker, run, PATIENCE));
  }

  private long result(Messages.Run run, Asked first) throws Exception {
    Asked asked = first;
    while (true) {
      try {
        return ((Messages.Result) asked.answer().toCompletableFuture().get()).value();
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof AskTimeoutException) || workers.size() == 1) {
          throw failed;
        }
        workers.remove(asked.worker());
        asked = ask(run);
      }
    }
  }
}
