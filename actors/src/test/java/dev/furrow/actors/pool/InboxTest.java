package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxTest {

  @Test
  void shouldWakeItsPoolOnceForAllThatIsSaidBeforeItListens() {
    List<String> wakes = new ArrayList<>();
    Inbox inbox = new Inbox(() -> wakes.add("woken"));

    inbox.accept(new PoolCommand.Parked(1));
    inbox.accept(new PoolCommand.Parked(2));
    assertThat(wakes).hasSize(1);
    assertThat(inbox.drain()).containsExactly(new PoolCommand.Parked(1), new PoolCommand.Parked(2));
    assertThat(inbox.drain()).isEmpty();

    inbox.accept(new PoolCommand.Parked(3));
    assertThat(wakes).hasSize(2);
  }

  @Test
  @Timeout(60)
  void shouldLoseNothingWhenThreadsSpeakWhileItListens() throws Exception {
    int each = 50_000;
    Semaphore woken = new Semaphore(0);
    Inbox inbox = new Inbox(woken::release);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      int sign = t == 0 ? 1 : -1;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 1; i <= each; i++) {
                  inbox.accept(new PoolCommand.Parked(sign * i));
                }
              });
      thread.start();
      threads.add(thread);
    }

    int up = 0;
    int down = 0;
    while (up < each || down > -each) {
      woken.acquire();
      for (PoolCommand command : inbox.drain()) {
        int number = ((PoolCommand.Parked) command).run();
        if (number > 0) {
          assertThat(number).isEqualTo(++up);
        } else {
          assertThat(number).isEqualTo(--down);
        }
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
