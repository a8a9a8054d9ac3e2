package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxTest {

  private final List<String> wakes = new ArrayList<>();
  private final List<PoolCommand> seen = new ArrayList<>();

  private static PoolCommand.Parked said(int number) {
    return new PoolCommand.Parked(number);
  }

  @Test
  void shouldWakeItsPoolOnceForAllThatIsLeftBeforeItLooks() {
    Inbox inbox = new Inbox(seen::addAll, () -> wakes.add("woken"));

    inbox.leave(said(1));
    inbox.leave(said(2));
    assertThat(wakes).hasSize(1);
    assertThat(seen).isEmpty();
    inbox.work();
    assertThat(seen).containsExactly(said(1), said(2));

    inbox.leave(said(3));
    assertThat(wakes).hasSize(2);
  }

  @Test
  void shouldHaveWhoeverHandsACommandWorkOffWhatIsThere() {
    Inbox inbox = new Inbox(seen::addAll, () -> wakes.add("woken"));

    inbox.leave(said(1));
    inbox.hand(said(2));

    assertThat(seen).containsExactly(said(1), said(2));
  }

  @Test
  void shouldWorkOffInAnotherTurnWhatTheTurnItselfHands() {
    Inbox[] inbox = new Inbox[1];
    List<Integer> turns = new ArrayList<>();
    inbox[0] =
        new Inbox(
            commands -> {
              turns.add(commands.size());
              if (turns.size() == 1) {
                inbox[0].hand(said(2));
                inbox[0].hand(said(3));
              }
            },
            () -> wakes.add("woken"));

    inbox[0].hand(said(1));

    assertThat(turns).containsExactly(1, 2);
  }

  @Test
  void shouldLeaveTheRestToThePoolWhenAThreadHasWorkedForItLongEnough() {
    Inbox[] inbox = new Inbox[1];
    inbox[0] =
        new Inbox(
            commands -> {
              seen.addAll(commands);
              inbox[0].hand(said(seen.size()));
            },
            () -> wakes.add("woken"));

    inbox[0].hand(said(0));

    assertThat(wakes).hasSize(1);
    assertThat(seen).hasSizeLessThan(10);
  }

  @Test
  void shouldLeaveTheRestToThePoolEvenIfThePoolHasBeenWokenAlready() {
    Inbox[] inbox = new Inbox[1];
    inbox[0] =
        new Inbox(
            commands -> {
              seen.addAll(commands);
              if (seen.size() < 100) {
                inbox[0].leave(said(seen.size()));
              }
            },
            () -> wakes.add("woken"));

    inbox[0].hand(said(0));

    assertThat(wakes).hasSize(1);
    assertThat(seen).hasSizeLessThan(10);
  }

  @Test
  void shouldWorkOffNothingMoreAfterADefect() {
    Inbox inbox =
        new Inbox(
            commands -> {
              seen.addAll(commands);
              throw new IllegalStateException("a defect");
            },
            () -> wakes.add("woken"));

    assertThatThrownBy(() -> inbox.hand(said(1))).hasMessage("a defect");
    inbox.hand(said(2));

    assertThat(seen).containsExactly(said(1));
  }

  @Test
  void shouldLoseNothingAndKeepEachThreadsOrderWhenManyWorkForThePool() throws Exception {
    everyCommandIsSeenOnceAndInOrder(Inbox::hand);
  }

  @Test
  void shouldLoseNothingAndKeepEachThreadsOrderWhenManyLeaveCommands() throws Exception {
    everyCommandIsSeenOnceAndInOrder(Inbox::leave);
  }

  private void everyCommandIsSeenOnceAndInOrder(BiConsumer<Inbox, PoolCommand> how)
      throws Exception {
    int threads = 3;
    int each = 50_000;
    Semaphore woken = new Semaphore(0);
    Semaphore done = new Semaphore(0);
    AtomicInteger inside = new AtomicInteger();
    Map<Integer, Integer> last = new ConcurrentHashMap<>();
    List<String> wrong = new ArrayList<>();
    Inbox inbox =
        new Inbox(
            commands -> {
              if (inside.incrementAndGet() != 1) {
                wrong.add("two threads at once");
              }
              for (PoolCommand command : commands) {
                int number = ((PoolCommand.Parked) command).run();
                Integer before = last.put(number / each, number % each);
                if ((before == null ? -1 : before) != number % each - 1) {
                  wrong.add("after " + before + " came " + number);
                }
                done.release();
              }
              inside.decrementAndGet();
            },
            woken::release);
    Thread own =
        new Thread(
            () -> {
              while (true) {
                woken.acquireUninterruptibly();
                inbox.work();
              }
            });
    own.setDaemon(true);
    own.start();
    for (int t = 0; t < threads; t++) {
      int from = t * each;
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  how.accept(inbox, said(from + i));
                }
              })
          .start();
    }

    done.acquire(threads * each);

    assertThat(wrong).isEmpty();
    assertThat(last).hasSize(threads).containsValue(each - 1);
  }
}
