package dev.furrow.rivals.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.furrow.examples.bench.kit.WorkerJvms;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.routing.RoundRobinPool;

/** A worker: as many actors as slots behind a router, each with a thread of its own. */
final class Worker extends AbstractActor {

  static final String SYSTEM = "bench";

  /** Arguments: its port and its slots. */
  public static void main(String[] args) {
    WorkerJvms.endWithParent();
    ActorSystem system = start(args[0], args[1]);
    Props props = Props.create(Worker.class).withDispatcher("slots");
    system.actorOf(new RoundRobinPool(Integer.parseInt(args[1])).props(props), "worker");
  }

  static ActorSystem start(String port, String slots) {
    Config own =
        ConfigFactory.parseString(
            "pekko.remote.artery.canonical.port = "
                + port
                + "\nslots.thread-pool-executor.fixed-pool-size = "
                + slots);
    return ActorSystem.create(SYSTEM, own.withFallback(ConfigFactory.load()));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().match(Messages.Run.class, this::run).build();
  }

  private void run(Messages.Run run) throws Exception {
    sender().tell(new Messages.Result(run.call()), self());
  }
}
