package dev.furrow.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlThreadsTest {

  private static final ActorSystem SYSTEM =
      ActorSystem.create("control-threads", ConfigFactory.load("reference.conf"));

  @AfterAll
  static void stop() throws Exception {
    SYSTEM.terminate();
    SYSTEM.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Thread threadOf(ExecutorService executor) throws Exception {
    return executor.submit((Callable<Thread>) Thread::currentThread).get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldHaveThreadsAgainWhenADispatcherThatWasIdleIsUsedAgain() throws Exception {
    ExecutorServiceFactory factory =
        new ControlThreads(ConfigFactory.empty(), SYSTEM.dispatchers().prerequisites())
            .createExecutorServiceFactory("control", Thread::new);
    ExecutorService first = factory.createExecutorService();
    Thread thread = threadOf(first);
    first.shutdown();
    thread.join(Duration.ofSeconds(20).toMillis());
    assertThat(thread.isAlive()).isFalse();

    ExecutorService second = factory.createExecutorService();

    assertThat(threadOf(second)).isNotSameAs(thread);
    second.shutdown();
  }
}
