package dev.furrow.actors.job;

/**
 * The numbers that bound a job; times in nanoseconds.
 *
 * @param ageing waiting that is worth one point of priority
 * @param backoffCap the longest wait before a retry
 * @param maxLost lost attempts after which a task fails
 * @param batch leases in one message
 * @param window unread outcomes at which no more leases are granted
 * @param windowBytes their bytes, likewise
 * @param silence after which a pool is suspect
 * @param slow how many times the median an attempt may take before it is slow
 * @param slowAge how long an attempt may take in any case
 * @param resend after which something unanswered is said again
 */
public record JobLimits(
    long ageing,
    long backoffCap,
    int maxLost,
    int batch,
    int window,
    long windowBytes,
    long silence,
    double slow,
    long slowAge,
    long resend) {}
