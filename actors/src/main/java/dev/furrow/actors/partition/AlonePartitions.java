package dev.furrow.actors.partition;

import dev.furrow.actors.wire.PartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/**
 * The partitions of a Furrow that is the whole cluster: sharding needs a cluster. Safe for use by
 * many threads.
 */
final class AlonePartitions {

  /** Names of actors must differ, also from those of a Furrow that was closed on this system. */
  private static final AtomicLong NAMES = new AtomicLong();

  private final ActorSystem<?> system;
  private final PartitionEntity.Place place;
  private final Map<PartitionId, ActorRef<PartitionEntity.Command>> all = new HashMap<>();
  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private boolean ending;

  AlonePartitions(ActorSystem<?> system, PartitionEntity.Place place) {
    this.system = system;
    this.place = place;
  }

  /** Asks a partition where it is; starts it if it is not there, unless all are to end. */
  synchronized void locate(Locate locate) {
    if (!ending) {
      all.computeIfAbsent(locate.partition(), this::start).tell(locate);
    }
  }

  private ActorRef<PartitionEntity.Command> start(PartitionId id) {
    return system.systemActorOf(
        PartitionEntity.create(id, place, new Host(id)),
        "furrow-partition-" + NAMES.incrementAndGet(),
        Props.empty());
  }

  /** Starts a partition again after it has ended, and not before: it is asked for again. */
  private final class Host implements PartitionEntity.Host {

    private final PartitionId id;

    Host(PartitionId id) {
      this.id = id;
    }

    @Override
    public void passivate(ActorRef<PartitionEntity.Command> partition) {
      partition.tell(PartitionEntity.Timer.STOP);
    }

    @Override
    public void ended(ActorRef<PartitionEntity.Command> partition) {
      gone(id);
    }
  }

  private synchronized void gone(PartitionId id) {
    all.remove(id);
    if (ending && all.isEmpty()) {
      ended.complete(Done.getInstance());
    }
  }

  /** Ends all, within a time. */
  synchronized CompletionStage<Done> end(Duration limit) {
    ending = true;
    if (all.isEmpty()) {
      ended.complete(Done.getInstance());
    }
    all.values().forEach(partition -> partition.tell(PartitionEntity.Timer.STOP));
    return ended.completeOnTimeout(Done.getInstance(), limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
