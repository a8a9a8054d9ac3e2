package dev.furrow.actors.cluster;

import dev.furrow.actors.job.JobCounters;
import dev.furrow.actors.pool.PoolCounters;

/**
 * What a node counts, for metrics; whatever crashes and starts again goes on counting.
 *
 * @param pool what runs here
 * @param jobs what is submitted here
 */
public record NodeCounters(PoolCounters pool, JobCounters jobs) {

  /** All at zero. */
  public static NodeCounters create() {
    return new NodeCounters(new PoolCounters(), new JobCounters());
  }
}
