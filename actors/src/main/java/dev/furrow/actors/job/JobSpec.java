package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobKey;

/**
 * What a job is, apart from its tasks.
 *
 * @param key its identity
 * @param name its name for people
 * @param failFast whether the first failure cancels the rest
 * @param speculate whether slow attempts get a second one beside them
 */
public record JobSpec(JobKey key, String name, boolean failFast, boolean speculate) {}
