package dev.furrow.actors.job;

import java.util.List;

/**
 * Outcomes in the order of their commit, from a supervisor to the driver that reads them.
 *
 * @param from the commit number of the first one, from 0
 * @param outcomes without gaps
 * @param snapshot the job at that moment
 * @param last no outcome will come after these
 */
public record OutcomeBatch(
    long from, List<OutcomeRecord> outcomes, JobSnapshot snapshot, boolean last) {}
