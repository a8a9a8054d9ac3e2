package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopsTest {

  private static Thread threadOf(ExecutorService executor) throws Exception {
    return executor.submit((Callable<Thread>) Thread::currentThread).get(20, TimeUnit.SECONDS);
  }

  private static void assertEnds(Thread thread) throws InterruptedException {
    thread.join(Duration.ofSeconds(20).toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void shouldHaveALinkJoinTheThreadOfItsActors() throws Exception {
    ExecutorService control = new EventLoops(1, Duration.ZERO).executor();

    EventLoops joined = EventLoops.of(control);

    assertThat(threadOf(joined.at(0))).isSameAs(threadOf(control));
    joined.release();
    control.shutdown();
  }

  @Test
  void shouldHaveALinkRunOnAThreadOfItsOwnWhenItsActorsHaveOtherThreads() throws Exception {
    EventLoops own = EventLoops.of(Runnable::run);

    Thread thread = threadOf(own.at(0));
    assertThat(thread).isNotSameAs(Thread.currentThread());

    own.release();
    assertEnds(thread);
  }

  @Test
  void shouldKeepItsThreadsUntilBothActorsAndLinkHaveLeft() throws Exception {
    ExecutorService control = new EventLoops(1, Duration.ZERO).executor();
    Thread thread = threadOf(control);
    EventLoops joined = EventLoops.of(control);

    control.shutdown();
    assertThat(threadOf(joined.at(0))).isSameAs(thread);

    joined.release();
    assertEnds(thread);
  }

  @Test
  void shouldNotBeRetainedAfterItsThreadsHaveEnded() {
    EventLoops loops = new EventLoops(1, Duration.ZERO);
    loops.executor().shutdown();

    assertThat(loops.retain()).isFalse();
  }

  @Test
  void shouldKeepOnItsThreadWhatComesFromOneOfThem() throws Exception {
    ExecutorService control = new EventLoops(3, Duration.ZERO).executor();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Thread> inner = new CompletableFuture<>();
      Callable<Thread> outer =
          () -> {
            control.execute(() -> inner.complete(Thread.currentThread()));
            return Thread.currentThread();
          };
      Thread thread = control.submit(outer).get(20, TimeUnit.SECONDS);

      assertThat(inner.get(20, TimeUnit.SECONDS)).isSameAs(thread);
    }
    control.shutdown();
  }
}
