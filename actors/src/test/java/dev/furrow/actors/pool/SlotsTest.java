package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.furrow.Furrow;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.TaskCodec;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Threads that work off runs, raced by their pool. */
@Timeout(60)
class SlotsTest {

  private static final int ROUNDS = 1_000;
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private static final TaskCodec CODEC =
      new TaskCodec(List.of(), 1 << 20, 1 << 20, SlotsTest.class.getClassLoader());

  /** Ends when it is told that it is cancelled, and by nothing else. */
  record Patient(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      while (!context.cancelled()) {
        Thread.onSpinWait();
      }
      return n;
    }
  }

  /** Has a Furrow of its own. */
  record Nests(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      assertThat(context.furrow()).isNotNull();
      return n;
    }
  }

  /** Gives its slot back for ever. */
  record Waits(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) throws Exception {
      Gate gate = Gate.current();
      assertThat(gate).isNotNull();
      return gate.await(
          () -> {
            NEVER.await();
            return n;
          });
    }
  }

  /** Gives its slot back for no time at all. */
  record Passes(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) throws Exception {
      Gate gate = Gate.current();
      assertThat(gate).isNotNull();
      return gate.await(() -> n);
    }
  }

  /** Tells which thread runs it. */
  record WhoRuns(int n) implements Task<String> {
    @Override
    public String run(TaskContext context) {
      return Thread.currentThread().getName();
    }
  }

  /** Ends when it is interrupted. */
  record Sleeps(int n) implements Task<Integer> {
    static final Semaphore ASLEEP = new Semaphore(0);

    @Override
    public Integer run(TaskContext context) throws Exception {
      ASLEEP.release();
      NEVER.await();
      return n;
    }
  }

  /** Notes whose nested work was cancelled. */
  private static final class Nest implements Nesting {
    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    @Override
    public Furrow open(TaskContext attempt) {
      return (Furrow)
          Proxy.newProxyInstance(
              SlotsTest.class.getClassLoader(),
              new Class<?>[] {Furrow.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });
    }

    @Override
    public void end(Furrow nested, boolean succeeded) {
      ends.add(succeeded ? "goes on" : "cancelled");
    }
  }

  private final Nest nest = new Nest();
  private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<PoolCommand> said = new LinkedBlockingQueue<>();
  private final Slots slots = slots(16);
  private final Tenant tenant = new Tenant(PoolWorld.job(1), PoolWorld.LIMITS, 0);

  private Slots slots(int most) {
    Inbox[] inbox = new Inbox[1];
    inbox[0] = new Inbox(said::addAll, () -> inbox[0].work());
    return new Slots(
        new TaskRunner(CODEC, "node"), "node", nest, inbox[0], broken::add, most, most);
  }

  @BeforeAll
  static void logLess() {
    ((Logger) LoggerFactory.getLogger(Slots.class)).setLevel(Level.INFO);
  }

  @AfterAll
  static void logAgain() {
    ((Logger) LoggerFactory.getLogger(Slots.class)).setLevel(null);
  }

  @AfterEach
  void close() {
    slots.close();
  }

  private List<HeldLease> leases(Task<?>... tasks) {
    List<HeldLease> leases = new ArrayList<>();
    for (Task<?> task : tasks) {
      EncodedTask encoded = CODEC.encode(task);
      int n = leases.size();
      leases.add(
          new HeldLease(
              tenant,
              n,
              n,
              1,
              encoded.type(),
              LeaseTerms.NONE,
              Caution.NONE,
              encoded.payload(),
              0));
    }
    return leases;
  }

  /** Waits until the pool is told such things, so many times. */
  private <T extends PoolCommand> List<T> await(Class<T> type, int times) throws Exception {
    List<T> heard = new ArrayList<>();
    while (heard.size() < times) {
      PoolCommand next = said.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("said within 20 s").isNotNull();
      boolean ends = !(next instanceof PoolCommand.Finished finished) || finished.last();
      if (type.isInstance(next) && ends) {
        heard.add(type.cast(next));
      }
    }
    return heard;
  }

  private void revoke(int run, int index) {
    while (!slots.revoke(run, index)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldTellATaskThatItIsStoppedHoweverSoonAfterItWasClaimed() throws Exception {
    List<HeldLease> leases = leases(new Patient(1));
    for (int run = 1; run <= ROUNDS; run++) {
      slots.start(run, leases);
      revoke(run, 0);

      assertThat(await(PoolCommand.Finished.class, 1).get(0).done()).isEmpty();
    }
  }

  @Test
  void shouldLeaveNestedWorkOfAnEarlierTaskAloneWhenTheNextIsStopped() throws Exception {
    List<HeldLease> leases = leases(new Nests(1), new Patient(2));
    for (int run = 1; run <= ROUNDS; run++) {
      slots.start(run, leases);
      revoke(run, 1);

      await(PoolCommand.Finished.class, 1);
    }
    assertThat(nest.ends).hasSize(ROUNDS).containsOnly("goes on");
  }

  @Test
  void shouldEndThreadsThatWaitForOtherWorkWhenThePoolCloses() throws Exception {
    for (int run = 1; run <= 3; run++) {
      slots.start(run, leases(new Waits(run)));
    }
    await(PoolCommand.Parked.class, 3);

    slots.close();

    assertThat(await(PoolCommand.Finished.class, 3)).hasSize(3);
  }

  @Test
  void shouldEndThreadsThatWaitForASlotWhenThePoolCloses() throws Exception {
    for (int run = 1; run <= 3; run++) {
      slots.start(run, leases(new Passes(run)));
    }
    await(PoolCommand.Unparked.class, 3);

    slots.close();

    assertThat(await(PoolCommand.Finished.class, 3)).hasSize(3);
  }

  @Test
  void shouldEndAThreadThatBeginsToWaitWhileThePoolCloses() throws Exception {
    for (int round = 0; round < 200; round++) {
      Slots closing = slots(4);
      closing.start(1, leases(new Passes(1)));
      closing.close();

      assertThat(await(PoolCommand.Finished.class, 1)).hasSize(1);
    }
  }

  @Test
  void shouldHaveTheThreadThatEndsARunTakeTheNextOne() throws Exception {
    Slots[] busy = new Slots[1];
    Inbox inbox =
        new Inbox(
            commands -> {
              for (PoolCommand command : commands) {
                int run = ((PoolCommand.Finished) command).run();
                said.add(command);
                if (run < ROUNDS) {
                  busy[0].start(run + 1, leases(new WhoRuns(run)));
                }
              }
            },
            () -> {});
    busy[0] = new Slots(new TaskRunner(CODEC, "node"), "node", nest, inbox, broken::add, 4, 4);
    busy[0].start(1, leases(new WhoRuns(1)));

    Set<Object> threads = new HashSet<>();
    for (PoolCommand.Finished finished : await(PoolCommand.Finished.class, ROUNDS)) {
      threads.add(CODEC.decodeResult(WhoRuns.class, finished.done().get(0).body()));
    }
    busy[0].close();

    assertThat(threads).hasSize(1);
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldSayThatThePoolIsBrokenWhenASlotsThreadMeetsItsDefect() throws Exception {
    Inbox inbox =
        new Inbox(
            commands -> {
              throw new IllegalStateException("a defect");
            },
            () -> {});
    Slots served = new Slots(new TaskRunner(CODEC, "node"), "node", nest, inbox, broken::add, 4, 4);

    served.start(1, leases(new WhoRuns(1)));

    assertThat(broken.poll(20, TimeUnit.SECONDS)).hasMessage("a defect");
    served.close();
  }

  @Test
  void shouldClaimNothingMoreOfARunWhenThePoolCloses() throws Exception {
    slots.start(1, leases(new Sleeps(1), new WhoRuns(2), new WhoRuns(3)));
    Sleeps.ASLEEP.acquire();

    slots.close();

    List<PoolCommand.Done> done = new ArrayList<>();
    PoolCommand.Finished finished;
    do {
      finished = (PoolCommand.Finished) said.poll(20, TimeUnit.SECONDS);
      assertThat(finished).as("said within 20 s").isNotNull();
      done.addAll(finished.done());
    } while (!finished.last());
    assertThat(done).extracting(PoolCommand.Done::index).containsExactly(0);
  }

  @Test
  void shouldStartNothingWhenThePoolIsClosed() {
    slots.close();

    slots.start(1, leases(new WhoRuns(1)));

    assertThat(slots.truncate(1)).isNull();
  }

  @Test
  void shouldHandOverWhatWasDoneTogetherWithWhatIsTakenBack() throws Exception {
    slots.start(1, leases(new WhoRuns(1), new Sleeps(2), new WhoRuns(3)));
    Sleeps.ASLEEP.acquire();

    Slots.Truncation back = slots.truncate(1);

    assertThat(back).isNotNull();
    assertThat(back.kept()).isEqualTo(2);
    List<PoolCommand.Done> done = new ArrayList<>(back.done());
    said.forEach(command -> done.addAll(((PoolCommand.Finished) command).done()));
    assertThat(done).extracting(PoolCommand.Done::index).containsExactly(0);
  }

  @Test
  void shouldRunTasksWithTheirOwnClassLoaderWhoeverHasMadeTheThread() throws Exception {
    Thread.currentThread().setContextClassLoader(new ClassLoader(CODEC.loader()) {});
    try {
      slots.start(1, leases(new Sleeps(1)));
      Sleeps.ASLEEP.acquire();
      Thread slot =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(one -> Arrays.toString(one.getValue()).contains("Sleeps.run"))
              .findFirst()
              .orElseThrow()
              .getKey();

      assertThat(slot.getContextClassLoader()).isSameAs(CODEC.loader());
    } finally {
      Thread.currentThread().setContextClassLoader(CODEC.loader());
    }
  }
}
