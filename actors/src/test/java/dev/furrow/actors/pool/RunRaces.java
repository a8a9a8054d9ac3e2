package dev.furrow.actors.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The races in a {@link Run} between the thread that works it off and the pool, for jcstress: every
 * result that is not listed is forbidden. Run by {@link RunRaceTest}.
 */
public final class RunRaces {

  private RunRaces() {}

  /** A running entry is completed or revoked, never both and never neither. */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "completed; the revocation came too late")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "revoked; the result is void")
  public static class CompleteOrRevoke {
    private final Run run = claimed();

    /** A run whose one entry runs. */
    private static Run claimed() {
      Run run = new Run(1);
      if (run.claim() != 0) {
        throw new IllegalStateException("a new run has no entry");
      }
      return run;
    }

    /** The thread ends the entry. */
    @Actor
    public void thread(II_Result result) {
      result.r1 = run.complete() ? 1 : 0;
    }

    /** The pool stops the entry. */
    @Actor
    public void pool(II_Result result) {
      result.r2 = run.revoke(0) ? 1 : 0;
    }
  }

  /** An entry is claimed by the thread or taken back by the pool, never both and never neither. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1, -1", expect = ACCEPTABLE, desc = "claimed; it stays")
  @Outcome(id = "-1, 0, -1", expect = ACCEPTABLE, desc = "taken back")
  public static class ClaimOrTruncate {
    private final Run run = new Run(1);

    /** The thread takes the entry. */
    @Actor
    public void thread(III_Result result) {
      result.r1 = run.claim();
    }

    /** The pool takes back what is open; how many stay. */
    @Actor
    public void pool(III_Result result) {
      result.r2 = run.truncate();
    }

    /** Whether anything is left. */
    @Arbiter
    public void after(III_Result result) {
      result.r3 = run.claim();
    }
  }

  /** A thread works two entries off while the pool takes back what is open. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing was claimed")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "one was claimed and completed")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both were claimed and completed")
  public static class WorkOffOrTruncate {
    private final Run run = new Run(2);

    /** The thread works off what it gets; how many it completed. */
    @Actor
    public void thread(II_Result result) {
      int completed = 0;
      while (run.claim() != Run.NONE) {
        completed += run.complete() ? 1 : 0;
      }
      result.r1 = completed;
    }

    /** The pool takes back what is open; how many stay. */
    @Actor
    public void pool(II_Result result) {
      result.r2 = run.truncate();
    }
  }

  /**
   * A thread works two entries off while the pool stops the first: it completes that or it does
   * not.
   */
  @JCStressTest
  @State
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "the first was not running: both completed")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first was revoked, the second taken back")
  public static class WorkOffOrRevoke {
    private final Run run = new Run(2);

    /** The thread works off what it gets; how many it completed. */
    @Actor
    public void thread(II_Result result) {
      int completed = 0;
      while (run.claim() != Run.NONE) {
        completed += run.complete() ? 1 : 0;
      }
      result.r1 = completed;
    }

    /** The pool stops the first entry. */
    @Actor
    public void pool(II_Result result) {
      result.r2 = run.revoke(0) ? 1 : 0;
    }
  }
}
