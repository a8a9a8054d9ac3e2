package dev.furrow.actors.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a job that wait for a pool: one lane for tasks of the same terms, oldest first.
 *
 * <p>Ageing makes a task's standing grow with the time it has waited. Since all grow at one rate,
 * the order between two tasks never changes, and can be read from when they came: a task of
 * priority p goes before all that came up to p × ageing earlier at priority 0.
 */
final class Lanes {

  private final long ageingNanos;
  private final Map<TaskTerms, Deque<TaskEntry>> lanes = new LinkedHashMap<>();
  private int size;

  Lanes(long ageingNanos) {
    this.ageingNanos = ageingNanos;
  }

  /** Tasks that wait. */
  int size() {
    return size;
  }

  void add(TaskEntry task) {
    task.place = TaskEntry.Place.QUEUED;
    lane(task).addLast(task);
    size++;
  }

  /** Puts back a task that had its turn. */
  void addFirst(TaskEntry task) {
    task.place = TaskEntry.Place.QUEUED;
    lane(task).addFirst(task);
    size++;
  }

  /** Takes a task out; quick for one that is near the front. */
  void remove(TaskEntry task) {
    Deque<TaskEntry> lane = lanes.get(task.task.terms());
    if (lane != null && lane.removeFirstOccurrence(task)) {
      size--;
      if (lane.isEmpty()) {
        lanes.remove(task.task.terms());
      }
    }
  }

  /** The terms under which tasks wait. */
  Iterable<TaskTerms> terms() {
    return lanes.keySet();
  }

  int waiting(TaskTerms terms) {
    Deque<TaskEntry> lane = lanes.get(terms);
    return lane == null ? 0 : lane.size();
  }

  private Deque<TaskEntry> lane(TaskEntry task) {
    return lanes.computeIfAbsent(task.task.terms(), terms -> new ArrayDeque<>());
  }

  /** Reads the tasks in order without taking them out. */
  Picker picker() {
    return new Picker();
  }

  /** One reading of the lanes; each task is picked once. */
  final class Picker {

    private final List<Cursor> cursors = new ArrayList<>(lanes.size());

    private Picker() {
      lanes.forEach((terms, lane) -> cursors.add(new Cursor(terms, lane.iterator())));
    }

    /** The first task, of those whose terms fit, that was not picked before. */
    @Nullable TaskEntry next(Predicate<TaskTerms> fits) {
      Cursor best = null;
      for (Cursor cursor : cursors) {
        if (cursor.head != null
            && (best == null || cursor.standing < best.standing)
            && fits.test(cursor.terms)) {
          best = cursor;
        }
      }
      return best == null ? null : best.take();
    }
  }

  private final class Cursor {

    private final TaskTerms terms;
    private final Iterator<TaskEntry> rest;
    private @Nullable TaskEntry head;
    private double standing;

    Cursor(TaskTerms terms, Iterator<TaskEntry> rest) {
      this.terms = terms;
      this.rest = rest;
      take();
    }

    @Nullable TaskEntry take() {
      TaskEntry taken = head;
      head = rest.hasNext() ? rest.next() : null;
      if (head != null) {
        standing = head.acceptedAt - (double) terms.lease().priority() * ageingNanos;
      }
      return taken;
    }
  }
}
