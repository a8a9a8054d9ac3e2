package dev.furrow.actors.partition;

import dev.furrow.Durability;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.journal.JournalException;
import dev.furrow.actors.journal.JournalPlugin;
import dev.furrow.actors.wire.PartitionId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who keeps what a partition changes, by its durability. */
final class Keepers {

  private static final Logger log = LoggerFactory.getLogger(Keepers.class);

  /** Threads that wait for a journal; what waits for them is bounded by the partitions. */
  private static final int THREADS = 4;

  private final Partitions node;
  private final Journal journal;
  private final Executor blocking;
  private final ActorSystem system;
  private final AtomicBoolean prepared = new AtomicBoolean();

  /**
   * The keepers of a node.
   *
   * @param journal where journaled partitions are kept
   */
  Keepers(org.apache.pekko.actor.typed.ActorSystem<?> system, Partitions node, Journal journal) {
    this.system = Adapter.toClassic(system);
    this.node = node;
    this.journal = journal;
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Keepers::thread);
    threads.allowCoreThreadTimeOut(true);
    this.blocking = threads;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "furrow-journal");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Opens a journal that may be used soon, before partitions come here and their callers wait for
   * that; once. Blocks, as long as the journal may take to answer.
   */
  void prepare() {
    if (!journal.isPresent() || !prepared.compareAndSet(false, true)) {
      return;
    }
    String id = journal.id("start", node.self().name() + "/" + node.self().uid());
    PartitionEvent event = new PartitionEvent.Changed(new Changes().build());
    try {
      open();
      JournalPlugin.warm(system, id, event)
          .toCompletableFuture()
          .get(journal.timeout().toMillis(), TimeUnit.MILLISECONDS);
      journal.deleteBefore(id, journal.highest(id) + 1);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (JournalException | ExecutionException | TimeoutException later) {
      prepared.set(false);
      log.debug("partitions will open it: {}", later.toString());
    }
  }

  private void open() throws JournalException {
    journal.open();
    JournalPlugin.use(system, journal);
  }

  /** Is done when a keeper can be started, or says why none can be now. */
  CompletableFuture<Done> ready(PartitionId id) {
    if (id.durability() != Durability.JOURNALED) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            open();
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
      case REPLICATED -> entity.spawnAnonymous(ReplicaKeeper.create(id, node, entity.getSelf()));
      case MEMORY -> entity.spawnAnonymous(LeftKeeper.create(id, node, entity.getSelf()));
      case JOURNALED ->
          Adapter.toTyped(
              Adapter.actorOf(
                  entity,
                  JournalKeeper.props(
                      id, node.self().name(), journal, blocking, entity.getSelf())));
    };
  }

  /** Whether what the partition keeps can be had again when it has left memory. */
  boolean canPassivate(PartitionId id) {
    return id.durability() == Durability.JOURNALED;
  }
}
