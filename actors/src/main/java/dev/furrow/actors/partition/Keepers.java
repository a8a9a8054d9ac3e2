package dev.furrow.actors.partition;

import dev.furrow.Durability;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.journal.JournalException;
import dev.furrow.actors.journal.JournalPlugin;
import dev.furrow.actors.wire.PartitionId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Who keeps what a partition changes, by its durability. */
final class Keepers {

  private final Partitions node;
  private final Journal journal;
  private final Executor blocking;
  private final ActorSystem system;

  /**
   * The keepers of a node.
   *
   * @param journal where journaled partitions are kept
   */
  Keepers(org.apache.pekko.actor.typed.ActorSystem<?> system, Partitions node, Journal journal) {
    this.system = Adapter.toClassic(system);
    this.node = node;
    this.journal = journal;
    this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
  }

  /** Is done when a keeper can be started, or says why none can be now. */
  CompletableFuture<Done> ready(PartitionId id) {
    if (id.durability() != Durability.JOURNALED) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            journal.open();
            JournalPlugin.use(system, journal);
            return Done.getInstance();
          } catch (JournalException failed) {
            throw new CompletionException(failed);
          }
        },
        blocking);
  }

  /** Starts a keeper as a child of a partition, which is told what it finds. */
  ActorRef<?> start(ActorContext<PartitionEntity.Command> entity, PartitionId id) {
    return switch (id.durability()) {
      case MEMORY -> entity.spawnAnonymous(LeftKeeper.create(id, node, entity.getSelf()));
      case JOURNALED ->
          Adapter.toTyped(
              Adapter.actorOf(
                  entity,
                  JournalKeeper.props(id, node.name(), journal, blocking, entity.getSelf())));
    };
  }

  /** Whether what the partition keeps can be had again when it has left memory. */
  boolean canPassivate(PartitionId id) {
    return id.durability() == Durability.JOURNALED;
  }
}
