package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.OutcomeRecord;
import java.util.List;

/** Where a job's outcomes go on the driver's side. Called on a dispatcher: must not block. */
interface OutcomeSink {

  /** Outcomes in the order of their commit, each once. */
  void accept(List<OutcomeRecord> outcomes);

  /** Whether more should be fetched. */
  boolean hasRoom();

  /** Every outcome was accepted. */
  void ended(JobSnapshot snapshot);

  /** There will be no more outcomes. */
  void failed(FurrowException why);
}
