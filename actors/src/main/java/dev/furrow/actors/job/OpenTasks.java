package dev.furrow.actors.job;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a job that have not ended, where each of them is, and what room the others leave.
 *
 * <p>Invariants: every accepted task is in exactly one {@link TaskEntry.Place}; it is in a lane if
 * it is queued, among the delayed if it is delayed, and not here if it has ended; it ends once.
 */
class OpenTasks {

  private final Paged<TaskEntry> tasks = new Paged<>();
  private final Lanes lanes;
  private final PriorityQueue<TaskEntry> delayed =
      new PriorityQueue<>((a, b) -> Long.compare(a.dueAt, b.dueAt));

  /** What has ended since it was last said that there is room for as much. */
  private int freedTasks;

  private long freedBytes;

  OpenTasks(long ageingNanos) {
    this.lanes = new Lanes(ageingNanos);
  }

  int size() {
    return tasks.size();
  }

  /** All of them; to be read alone. */
  Paged<TaskEntry> all() {
    return tasks;
  }

  @Nullable TaskEntry get(long index) {
    return tasks.get(index);
  }

  /** The task that a report is about; null if it has ended. */
  @Nullable TaskEntry reported(long index) {
    return tasks.get(index);
  }

  /** The queued ones, which are put in and taken out here alone. */
  Lanes lanes() {
    return lanes;
  }

  /** Tasks that are queued. */
  int queued() {
    return lanes.size();
  }

  /** Tasks that wait neither for a pool nor for the time of a retry. */
  int out() {
    return tasks.size() - lanes.size() - delayed.size();
  }

  /** When the first of the delayed tasks is due; the far future if there is none. */
  long dueAt() {
    TaskEntry first = delayed.peek();
    return first == null ? Long.MAX_VALUE : first.dueAt;
  }

  // ---------------------------------------------------------------- places

  void accept(TaskEntry task) {
    tasks.put(task.index, task);
    lanes.add(task);
  }

  /** Puts back a task that had its turn. */
  void requeue(TaskEntry task) {
    lanes.addFirst(task);
  }

  void lease(TaskEntry task) {
    takeOut(task);
    task.place = TaskEntry.Place.LEASED;
  }

  void hold(TaskEntry task) {
    takeOut(task);
    task.place = TaskEntry.Place.HELD;
  }

  void delay(TaskEntry task, long until) {
    takeOut(task);
    task.dueAt = until;
    task.place = TaskEntry.Place.DELAYED;
    delayed.add(task);
  }

  /** Queues the first of the delayed tasks that are due; null if none is. */
  @Nullable TaskEntry queueDue(long at) {
    TaskEntry due = delayed.peek();
    if (due == null || due.dueAt > at) {
      return null;
    }
    delayed.remove();
    lanes.add(due);
    return due;
  }

  /** Takes out a task that ends. False if it has ended before: the commit check. */
  boolean close(TaskEntry task) {
    if (tasks.remove(task.index) == null) {
      return false;
    }
    takeOut(task);
    task.place = TaskEntry.Place.ENDED;
    free(task.task);
    return true;
  }

  /** Takes a task out of where it waits; the caller says where it is instead. */
  private void takeOut(TaskEntry task) {
    if (task.place == TaskEntry.Place.QUEUED) {
      lanes.remove(task);
    } else if (task.place == TaskEntry.Place.DELAYED) {
      delayed.remove(task);
    }
  }

  // ------------------------------------------------------------------ room

  /** A task takes no room any more. */
  void free(NewTask task) {
    freedTasks++;
    freedBytes += task.payload().length;
  }

  /** Says for how much more there is room. */
  void drainTo(List<JobEffect> effects) {
    if (freedTasks > 0) {
      effects.add(new JobEffect.Release(freedTasks, freedBytes));
      freedTasks = 0;
      freedBytes = 0;
    }
  }

  /** Checks what must always hold; for tests. */
  void check() {
    Map<TaskEntry.Place, Integer> places = new EnumMap<>(TaskEntry.Place.class);
    tasks.forEach(task -> places.merge(task.place, 1, Integer::sum));
    require(places.getOrDefault(TaskEntry.Place.ENDED, 0) == 0, "an ended task is kept");
    require(places.getOrDefault(TaskEntry.Place.QUEUED, 0) == lanes.size(), "lanes are off");
    require(places.getOrDefault(TaskEntry.Place.DELAYED, 0) == delayed.size(), "delays are off");
    tasks.forEach(
        task ->
            require(
                task.place != TaskEntry.Place.LEASED || task.hasLease(),
                "task " + task.index + " is leased to nobody"));
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
