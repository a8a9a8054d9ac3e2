package dev.furrow.actors.sim.scale;

import java.util.SplittableRandom;

/** One direction of one connection: a fixed latency with jitter; what is sent first comes first. */
final class Way {

  /** One way, as between machines of one data centre. */
  static final long LATENCY = 100_000;

  private static final long JITTER = 20_000;

  private final Timeline time;
  private final SplittableRandom random;
  private long last;

  Way(Timeline time, SplittableRandom random) {
    this.time = time;
    this.random = random;
  }

  /** Something that is sent at a time arrives. */
  void carry(long sentAt, Runnable arrival) {
    last = Math.max(last + 1, sentAt + LATENCY + random.nextLong(JITTER));
    time.at(last, arrival);
  }
}
