package dev.furrow.actors.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.RecoveryCompleted;

/**
 * Reads a journal and writes an event, once. That loads hundreds of classes and connects, which
 * takes a cold node seconds; better before partitions come to it than while their callers wait.
 */
final class Warmup extends JournalActor {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final String id;
  private final Object event;
  private final CompletableFuture<Done> done;

  private Warmup(String id, Object event, CompletableFuture<Done> done) {
    this.id = id;
    this.event = event;
    this.done = done;
  }

  /** Is done when the journal of a system has answered, or has failed to. */
  static CompletionStage<Done> of(ActorSystem system, String id, Object event) {
    CompletableFuture<Done> done = new CompletableFuture<>();
    ((ExtendedActorSystem) system)
        .systemActorOf(
            Props.create(Warmup.class, () -> new Warmup(id, event, done)),
            "furrow-journal-" + NUMBERS.incrementAndGet());
    return done;
  }

  @Override
  public String persistenceId() {
    return id;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(
            RecoveryCompleted.class,
            answered -> persist(event, written -> getContext().stop(getSelf())))
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().build();
  }

  /** However it ends: who needs the journal will be told what is wrong with it. */
  @Override
  public void postStop() {
    done.complete(Done.getInstance());
  }
}
