package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a supervisor knows of its job, and every decision about it.
 *
 * <p>{@link #decide} turns commands into events and changes nothing; {@link #apply} changes the
 * state and says what is to be done.
 *
 * <p>Here is who handles what. {@link OpenTasks} know where each task is, and {@link Completion}
 * what becomes of it when an attempt is over, and when the job ends. {@link Leases} know which
 * attempt is with which pool, {@link Contact} which pools are there, and {@link Answers} what pools
 * say of their leases. {@link OutcomeLog} keeps what the driver has not read, {@link PoolMail} what
 * is to be said to pools, and {@link JobTally} counts.
 */
final class JobState {

  private final JobSpec spec;
  private final JobKey key;
  private final JobLimits limits;
  private final RandomGenerator random;
  private final OpenTasks tasks;
  private final Fleet fleet;
  private final PoolMail mail;
  private final JobTally tally;
  private final OutcomeLog outcomes = new OutcomeLog();
  private final Completion completion;
  private final Leases leases;
  private final Contact contact;
  private final Answers answers;
  private long warnedAt;

  JobState(JobSpec spec, JobLimits limits, RandomGenerator random, long now) {
    this(spec, limits, random, now, new OpenTasks(limits.ageing()));
  }

  JobState(JobSpec spec, JobLimits limits, RandomGenerator random, long now, OpenTasks tasks) {
    this.spec = spec;
    this.key = spec.key();
    this.limits = limits;
    this.random = random;
    this.tasks = tasks;
    this.fleet = new Fleet(key.id().hashCode());
    this.mail = new PoolMail(key, limits.batch());
    this.tally = new JobTally(now);
    this.completion = new Completion(spec, limits, tasks, outcomes, fleet, mail, tally);
    this.leases = new Leases(limits, tasks, fleet, mail, tally);
    this.contact = new Contact(limits, tasks, completion, leases, fleet, mail, tally);
    this.answers = new Answers(limits, tasks, completion, leases, contact, fleet, mail, tally);
    this.warnedAt = now;
  }

  // ---------------------------------------------------------------- decide

  /** What follows from commands. Reads the state and leaves it as it is. */
  List<JobEvent> decide(List<? extends JobCommand> commands, long now) {
    List<JobEvent> events = new ArrayList<>(commands.size());
    for (JobCommand command : commands) {
      decide(command, now, events);
    }
    return events;
  }

  private void decide(JobCommand command, long now, List<JobEvent> events) {
    if (command instanceof JobCommand.FromPool from) {
      decide(from.message(), now, events);
    } else if (command instanceof JobCommand.Dispatch) {
      dispatch(now, events);
    } else if (command instanceof JobCommand.Accept accept) {
      events.add(new JobEvent.Accepted(accept.tasks(), now));
    } else if (command instanceof JobCommand.Fetch fetch) {
      events.add(new JobEvent.Fetched(fetch.cursor(), now));
    } else if (command instanceof JobCommand.Tick) {
      tick(now, events);
    } else if (command instanceof JobCommand.EndSource end) {
      events.add(new JobEvent.SourceEnded(end.failure(), now));
    } else if (command instanceof JobCommand.CancelTask cancel) {
      events.add(new JobEvent.TaskCancelled(cancel.task(), now));
    } else if (command instanceof JobCommand.CancelJob) {
      events.add(new JobEvent.JobCancelled(now));
    } else if (command instanceof JobCommand.NodeConnected up) {
      events.add(new JobEvent.NodeConnected(up.node(), now));
    } else if (command instanceof JobCommand.NodeClosed down) {
      events.add(new JobEvent.NodeSuspected(down.node(), true, down.ended(), now));
    } else if (command instanceof JobCommand.NodeRemoved gone) {
      events.add(new JobEvent.NodeGone(gone.node(), gone.left(), now));
    }
  }

  private void decide(JobMessage message, long now, List<JobEvent> events) {
    if (!message.job().equals(key)) {
      return;
    }
    if (message instanceof JobMessage.Reports reports) {
      // Taken from any life of any pool: a success counts whoever brings it.
      events.add(new JobEvent.Reported(reports, jitter(reports), now));
    } else if (message instanceof JobMessage.Demand demand) {
      events.add(new JobEvent.Demanded(demand, now));
    } else if (message instanceof JobMessage.Started started) {
      events.add(new JobEvent.Started(started, now));
    } else if (message instanceof JobMessage.Returned returned) {
      events.add(new JobEvent.Returned(returned, now));
    } else if (message instanceof JobMessage.Holding holding) {
      events.add(new JobEvent.Held(holding, now));
    }
  }

  private double[] jitter(JobMessage.Reports reports) {
    double[] jitter = new double[reports.lease().length];
    for (int i = 0; i < jitter.length; i++) {
      jitter[i] = reports.kind()[i] == ReportKind.SUCCEEDED.ordinal() ? 0 : random.nextDouble();
    }
    return jitter;
  }

  private void tick(long now, List<JobEvent> events) {
    events.add(new JobEvent.Ticked(now));
    contact.suspectSilent(now, events);
    if (spec.speculate() && !completion.isCancelling()) {
      leases.speculate(now, events);
    }
  }

  /** Grants waiting tasks; with none left, calls back what waits behind others. */
  private void dispatch(long now, List<JobEvent> events) {
    if (completion.isCancelling()) {
      return;
    }
    if (tasks.queued() == 0) {
      leases.recall(now, events);
    } else if (!outcomes.isFull(limits)) {
      leases.grant(now, events);
    }
  }

  // ----------------------------------------------------------------- apply

  /** Makes events true and says what is to be done. */
  List<JobEffect> apply(List<JobEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<JobEffect> effects = new ArrayList<>();
    long at = Long.MIN_VALUE;
    for (JobEvent event : events) {
      at = Math.max(at, event.at());
      if (!completion.isOver()) {
        tally.pass(event.at(), fleet.slots(), fleet.occupied());
      }
      apply(event, effects);
    }
    contact.announce(at);
    mail.drainTo(effects);
    tasks.drainTo(effects);
    if (outcomes.isDue(completion.isOver())) {
      outcomes.delivered();
      effects.add(new JobEffect.Deliver(batch(at)));
    }
    return effects;
  }

  private void apply(JobEvent event, List<JobEffect> effects) {
    if (event instanceof JobEvent.Reported reported) {
      answers.reported(reported);
    } else if (event instanceof JobEvent.Granted granted) {
      leases.granted(granted);
    } else if (event instanceof JobEvent.Settled) {
      leases.settled();
    } else if (event instanceof JobEvent.Accepted accepted) {
      accept(accepted);
    } else if (event instanceof JobEvent.Fetched fetched) {
      outcomes.fetch(fetched.cursor(), completion.isOver());
    } else if (event instanceof JobEvent.Demanded demanded) {
      contact.demanded(demanded.demand(), demanded.at());
    } else if (event instanceof JobEvent.Started started) {
      answers.started(started);
    } else if (event instanceof JobEvent.Returned returned) {
      answers.returned(returned);
    } else if (event instanceof JobEvent.Held held) {
      answers.held(held.holding(), held.at());
    } else if (event instanceof JobEvent.Ticked ticked) {
      ticked(ticked.at(), effects);
    } else {
      applyRare(event);
    }
  }

  private void applyRare(JobEvent event) {
    if (event instanceof JobEvent.NodeConnected up) {
      contact.connected(up);
    } else if (event instanceof JobEvent.NodeSuspected down) {
      contact.suspected(down);
    } else if (event instanceof JobEvent.NodeGone gone) {
      contact.gone(gone);
    } else if (event instanceof JobEvent.Speculated speculated) {
      leases.speculated(speculated);
    } else if (event instanceof JobEvent.Recalled recalled) {
      leases.recalled(recalled);
    } else if (event instanceof JobEvent.SourceEnded ended) {
      completion.endSource(ended.failure(), ended.at());
    } else if (event instanceof JobEvent.TaskCancelled cancelled) {
      completion.cancel(cancelled.task(), cancelled.at());
    } else if (event instanceof JobEvent.JobCancelled cancelled) {
      completion.cancelJob(cancelled.at());
    }
  }

  private void accept(JobEvent.Accepted accepted) {
    for (NewTask task : accepted.tasks()) {
      if (completion.isOver()) {
        tasks.free(task);
      } else {
        tasks.accept(new TaskEntry(tally.accepted++, task, accepted.at()));
      }
    }
  }

  private void ticked(long at, List<JobEffect> effects) {
    mail.acknowledge();
    completion.retryDue(at);
    if (at - warnedAt > 10 * limits.resend()) {
      warnedAt = at;
      new WhyWaiting(fleet.all())
          .explain(tasks.lanes())
          .ifPresent(text -> effects.add(new JobEffect.Warn(text)));
    }
  }

  private OutcomeBatch batch(long at) {
    List<OutcomeRecord> head = outcomes.head();
    boolean last = completion.isOver() && head.size() == outcomes.size();
    return new OutcomeBatch(outcomes.first(), head, snapshot(at, last), last);
  }

  // ------------------------------------------------------------------ read

  /** The job as numbers. */
  JobSnapshot snapshot(long at) {
    return snapshot(at, true);
  }

  private JobSnapshot snapshot(long at, boolean exact) {
    tally.renew(at, exact);
    return completion.snapshot(running(), at);
  }

  private int running() {
    return Math.min(tasks.out(), fleet.running());
  }

  /** The job for the counters of its node. */
  JobCounts counts() {
    return tally.counts(running());
  }

  /** Whether the job has ended and the driver has said that it knows. */
  boolean isFinished() {
    return outcomes.isRead();
  }

  /** When the first of the tasks that are to be tried again is due; the far future if none is. */
  long dueAt() {
    return tasks.dueAt();
  }

  /** Whether a grant may be possible. */
  boolean hasWaiting() {
    return tasks.queued() > 0 || fleet.idle() > 0 || fleet.hasBored();
  }

  /** A task that has not ended. */
  @Nullable TaskEntry task(long index) {
    return tasks.reported(index);
  }

  /** What is known of a node's pool. */
  @Nullable PoolView pool(NodeId node) {
    return fleet.get(node);
  }

  /** Checks what must always hold; for tests. */
  void check() {
    tasks.check();
    completion.check();
    leases.check();
    fleet.check();
  }
}
