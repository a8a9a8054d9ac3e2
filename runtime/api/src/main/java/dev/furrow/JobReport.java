package dev.furrow;

import java.time.Duration;
import java.util.List;

/**
 * Where a job's time went.
 *
 * <p>Speedup is work ÷ wall, efficiency is speedup ÷ slots, and the serial fraction is the
 * experimentally determined one of Karp and Flatt, "Measuring Parallel Processor Performance" (CACM
 * 33(5), 1990).
 */
public interface JobReport {

  /** {@return the job's name} */
  String name();

  /** {@return the time from the job's start to its end, or to now} */
  Duration wall();

  /** {@return the time in user code, summed over the attempts that were committed} */
  Duration work();

  /** {@return how many tasks were accepted} */
  long tasks();

  /** {@return how many attempts were made again because one threw or timed out} */
  long retried();

  /** {@return how many attempts were lost with a node, or given up because a node was silent} */
  long lost();

  /**
   * {@return how many attempts were begun beside one that was slow, by {@link
   * JobOptions#speculate}}
   */
  long speculated();

  /** {@return the most slots that were offered to the job at one time} */
  int slots();

  /** {@return work ÷ wall; 0 before any task has ended} */
  double speedup();

  /** {@return speedup ÷ slots; 1 means every slot was in user code all the time} */
  double efficiency();

  /**
   * {@return Karp and Flatt's {@code (1/speedup − 1/slots) / (1 − 1/slots)}, clipped to 0…1; 0 on
   * one slot or before any task has ended}
   */
  double serialFraction();

  /** {@return what the slots did while they were offered to the job} */
  SlotShares slotShares();

  /**
   * {@return what would make the job faster, as sentences: tasks to merge or to split, a source
   * that is too slow; empty where nothing of that kind is seen}
   */
  List<String> advice();

  /** {@return one row for each node that was leased a task} */
  List<NodeRow> nodes();

  /** {@return the report as a table for a terminal} */
  @Override
  String toString();

  /** Shares of the time of all slots that were offered to a job, from 0 to 1; they sum to 1. */
  interface SlotShares {

    /** {@return in user code, attempts that failed or were not wanted in the end included} */
    double running();

    /** {@return decoding tasks and encoding results} */
    double encoding();

    /** {@return with a lease that was on its way, queued at the node, or whose report was} */
    double transfer();

    /** {@return without a lease: nothing to do for this job, or busy with another} */
    double waiting();
  }

  /** What one node did for a job. */
  interface NodeRow {

    /** {@return the node, as {@code host:port}, or {@code local}} */
    String node();

    /** {@return the most slots that the node offered to the job} */
    int slots();

    /** {@return how many attempts were committed from this node} */
    long tasks();

    /** {@return the time in user code of those attempts} */
    Duration work();

    /** {@return how many attempts were lost with this node} */
    long lost();
  }
}
