package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PlacementMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Has the partitions of a node that leaves opened by others, if it can before its cluster hears
 * that it leaves. It may be the one that decides where they are: another would have to begin first.
 */
final class HandOver {

  /** It takes so long at most. */
  static final Duration LIMIT = Duration.ofSeconds(8);

  private static final Duration ROUND = Duration.ofMillis(50);

  /** So many partitions of which nothing is left here are handed over in one round, at most. */
  private static final int MOST = 256;

  private final ActorSystem<?> system;
  private final Partitions partitions;
  private final Supplier<List<NodeId>> others;
  private final CompletableFuture<Done> done = new CompletableFuture<>();

  /**
   * Nothing is begun yet.
   *
   * @param others the members that run tasks and stay
   */
  HandOver(ActorSystem<?> system, Partitions partitions, Supplier<List<NodeId>> others) {
    this.system = system;
    this.partitions = partitions;
    this.others = others;
  }

  /** Completes when nothing is left here or time is up, and warns of what would be lost. */
  CompletionStage<Done> begin() {
    done.completeOnTimeout(Done.getInstance(), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    hand(0);
    return done.thenApply(this::checked);
  }

  private void hand(int round) {
    List<NodeId> takers = others.get();
    boolean empty = !partitions.hasAny() && partitions.left(1).isEmpty();
    if (done.isDone() || empty || takers.isEmpty()) {
      done.complete(Done.getInstance());
      return;
    }
    NodeId taker = takers.get(round % takers.size()); // one may stand still
    partitions.left(MOST).forEach(id -> partitions.tell(taker, new PlacementMessage.Adopt(id)));
    system.scheduler().scheduleOnce(ROUND, () -> hand(round + 1), system.executionContext());
  }

  private Done checked(Done all) {
    long lost = partitions.content();
    if (lost > 0) {
      system
          .log()
          .warn(
              "{} partitions in memory were taken over by no other node within {} s: they end with"
                  + " this one",
              lost,
              LIMIT.toSeconds());
    }
    return all;
  }
}
