package dev.furrow.examples.service;

import dev.furrow.JobReport;
import java.util.List;

/**
 * What a request is answered.
 *
 * @param price of the option
 * @param standardError by how much it is expected to be off
 * @param paths that were simulated
 * @param tasks they were shared out to
 * @param nodes on which they ran
 * @param milliseconds from the request to the last of them
 * @param speedup work done by tasks in that time
 */
record Price(
    double price,
    double standardError,
    long paths,
    long tasks,
    List<String> nodes,
    long milliseconds,
    double speedup) {

  static Price of(List<Moments> parts, JobReport report) {
    Moments all = parts.stream().reduce(Moments.NONE, Moments::plus);
    return new Price(
        all.mean(),
        all.standardError(),
        all.count(),
        report.tasks(),
        report.nodes().stream()
            .filter(row -> row.tasks() > 0)
            .map(JobReport.NodeRow::node)
            .toList(),
        report.wall().toMillis(),
        report.speedup());
  }
}
