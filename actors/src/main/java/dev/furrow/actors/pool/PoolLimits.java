package dev.furrow.actors.pool;

/**
 * The numbers that bound a pool; times in nanoseconds.
 *
 * @param batch leases in one run, and reports in one message, at most
 * @param prefetch leases wanted beyond the slots, at most
 * @param ageing waiting that is worth one point of priority
 * @param status how often a pool says what it holds
 * @param resend after which reports that were not acknowledged are sent again
 * @param silence after which the leases of a supervisor that is not heard are dropped
 * @param idle after which a job without leases is forgotten
 * @param maxAbandoned threads that ignore interruption at which the pool stops pulling
 */
record PoolLimits(
    int batch,
    int prefetch,
    long ageing,
    long status,
    long resend,
    long silence,
    long idle,
    int maxAbandoned) {}
