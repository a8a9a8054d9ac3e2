package dev.furrow.actors.partition;

import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.journal.JournalActor;
import dev.furrow.actors.journal.JournalException;
import dev.furrow.actors.partition.PartitionEvent.Changed;
import dev.furrow.actors.partition.PartitionEvent.Renewed;
import dev.furrow.actors.partition.PartitionEvent.Taken;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Keeps what a partition changes in the journal. It reads what was kept, says there that it has
 * taken over, and only then hands the state out; each change is written before anybody is answered.
 * When a write fails, nobody knows whether it was done: it stops, and the next one reads.
 *
 * <p>Whoever had the partition before and does not know that it was taken over (its process was
 * paused, its network cut) writes its next event under the number that the mark has, and fails.
 */
final class JournalKeeper extends JournalActor {

  private static final Logger log = LoggerFactory.getLogger(JournalKeeper.class);

  private record Keep(PartitionChange change, Store.Kept kept) {}

  private record Deleted() {}

  private record Highest(long sequence) {}

  private final String id;
  private final String node;
  private final Journal journal;
  private final Executor blocking;
  private final ActorRef<PartitionEntity.Command> entity;
  private final Replay replay = new Replay();
  private boolean deleting;

  /**
   * A keeper, of a journal that is open.
   *
   * @param node the name of this one
   * @param blocking runs what waits for the database
   * @param entity is told the state, or why there is none
   */
  static Props props(
      PartitionId id,
      String node,
      Journal journal,
      Executor blocking,
      ActorRef<PartitionEntity.Command> entity) {
    return Props.create(
        JournalKeeper.class, () -> new JournalKeeper(id, node, journal, blocking, entity));
  }

  private JournalKeeper(
      PartitionId id,
      String node,
      Journal journal,
      Executor blocking,
      ActorRef<PartitionEntity.Command> entity) {
    this.id = journal.id("partition", id.state() + "/" + id.index() + "/" + id.of());
    this.node = node;
    this.journal = journal;
    this.blocking = blocking;
    this.entity = entity;
  }

  @Override
  public String persistenceId() {
    return id;
  }

  // ------------------------------------------------------------------- read

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(PartitionEvent.class, event -> replay.read(event, lastSequenceNr()))
        .match(RecoveryCompleted.class, done -> recovered())
        .build();
  }

  private void recovered() {
    if (replay.isWhole(lastSequenceNr())) {
      take();
    } else {
      broken(
          "some of its events were deleted while they were read: "
              + replay
              + " of "
              + lastSequenceNr());
    }
  }

  /**
   * Marks the journal. Whoever had the partition may have written until then, and even deleted what
   * it wrote after this one has read: then its last event has a higher number than the mark.
   */
  private void take() {
    persist(
        new Taken(node),
        taken -> {
          org.apache.pekko.actor.ActorRef self = getSelf();
          blocking.execute(() -> self.tell(highest(), self));
        });
  }

  private Object highest() {
    try {
      return new Highest(journal.highest(id));
    } catch (JournalException failed) {
      return new PartitionEntity.Broken(failed.getMessage());
    }
  }

  private void open(Highest highest) {
    entity.tell(
        highest.sequence() == lastSequenceNr()
            ? new PartitionEntity.Opened(replay.state(), new Written(getSelf()))
            : new PartitionEntity.Broken("another node wrote into its journal meanwhile"));
  }

  private record Written(org.apache.pekko.actor.ActorRef keeper) implements Store {

    @Override
    public void keep(PartitionChange change, Store.Kept kept) {
      keeper.tell(new Keep(change, kept), org.apache.pekko.actor.ActorRef.noSender());
    }

    @Override
    public void leave(PartitionState state) {}
  }

  // ------------------------------------------------------------------ write

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Keep.class, this::keep)
        .match(Highest.class, this::open)
        .match(PartitionEntity.Broken.class, entity::tell)
        .match(Deleted.class, done -> deleting = false)
        .build();
  }

  private void keep(Keep keep) {
    // Nobody changes the state meanwhile: the next turn begins when this one's change is kept.
    List<PartitionEvent> events =
        new ArrayList<>(replay.renewal().next(replay.state(), Changes.weight(keep.change())));
    events.add(new Changed(keep.change()));
    persistAll(
        events,
        event -> {
          if (event instanceof Renewed renewed) {
            delete(replay.renewal().written(renewed, lastSequenceNr()));
          } else {
            kept(keep);
          }
        });
  }

  private void kept(Keep keep) {
    try {
      keep.kept().apply();
    } catch (RuntimeException wrong) {
      log.error("{}: a change that is kept was not applied", id, wrong);
      broken("what is kept was not applied: see the log of " + node);
    }
  }

  private void delete(long before) {
    if (before > 1 && !deleting) {
      deleting = true;
      org.apache.pekko.actor.ActorRef done = getSelf();
      blocking.execute(
          () -> {
            deleteBefore(before);
            done.tell(new Deleted(), org.apache.pekko.actor.ActorRef.noSender());
          });
    }
  }

  private void deleteBefore(long before) {
    try {
      journal.deleteBefore(id, before);
    } catch (JournalException later) {
      log.warn("{}: they are deleted after the next round", later.getMessage());
    }
  }

  // ------------------------------------------------------------------- fail

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequence) {
    broken(
        cause instanceof TimeoutException
            ? "its journal has not written a change within " + journal.timeout().toMillis() + " ms"
            : "its journal cannot be written: " + cause.getMessage());
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequence) {
    broken("its journal refuses a change: " + cause.getMessage());
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    broken("its journal cannot be read: " + cause.getMessage());
  }

  private void broken(String why) {
    entity.tell(new PartitionEntity.Broken(why));
  }
}
