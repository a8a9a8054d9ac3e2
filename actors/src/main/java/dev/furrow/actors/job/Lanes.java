package dev.furrow.actors.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a job that wait for a pool: one lane for tasks of the same terms, oldest first. A
 * lane is linked through its tasks, so that any of them leaves it at once.
 *
 * <p>Ageing makes a task's standing grow with the time it has waited. Since all grow at one rate,
 * the order between two tasks never changes, and can be read from when they came: a task of
 * priority p goes before all that came up to p × ageing earlier at priority 0.
 */
final class Lanes {

  /** Lanes that are kept when they are empty: most jobs come back to the terms they had. */
  private static final int KEPT = 16;

  private final long ageingNanos;
  private final Map<TaskTerms, Lane> lanes = new LinkedHashMap<>();
  private @Nullable Lane latest;
  private int size;
  private boolean grown;

  Lanes(long ageingNanos) {
    this.ageingNanos = ageingNanos;
  }

  /** Tasks of the same terms. */
  static final class Lane {
    private final TaskTerms terms;
    private @Nullable TaskEntry head;
    private @Nullable TaskEntry tail;
    private int size;

    Lane(TaskTerms terms) {
      this.terms = terms;
    }
  }

  /** Tasks that wait. */
  int size() {
    return size;
  }

  /** Whether tasks were added since this was last set to false. */
  boolean hasGrown() {
    return grown;
  }

  void setGrown(boolean value) {
    grown = value;
  }

  void add(TaskEntry task) {
    Lane lane = join(task);
    task.before = lane.tail;
    if (lane.tail == null) {
      lane.head = task;
    } else {
      lane.tail.after = task;
    }
    lane.tail = task;
  }

  /** Puts back a task that had its turn. */
  void addFirst(TaskEntry task) {
    Lane lane = join(task);
    task.after = lane.head;
    if (lane.head == null) {
      lane.tail = task;
    } else {
      lane.head.before = task;
    }
    lane.head = task;
  }

  private Lane join(TaskEntry task) {
    Lane lane = lane(task.task.terms());
    task.place = TaskEntry.Place.QUEUED;
    task.lane = lane;
    lane.size++;
    size++;
    grown = true;
    return lane;
  }

  @SuppressWarnings("ReferenceEquality") // of equal terms, one is enough to know them by
  private Lane lane(TaskTerms terms) {
    Lane found = latest;
    if (found == null || found.terms != terms) {
      found = lanes.computeIfAbsent(terms, Lane::new);
      latest = found;
    }
    return found;
  }

  /** Takes a task out; one that is in no lane stays as it is. */
  void remove(TaskEntry task) {
    Lane lane = task.lane;
    if (lane == null) {
      return;
    }
    if (task.before == null) {
      lane.head = task.after;
    } else {
      task.before.after = task.after;
    }
    if (task.after == null) {
      lane.tail = task.before;
    } else {
      task.after.before = task.before;
    }
    task.before = null;
    task.after = null;
    task.lane = null;
    lane.size--;
    size--;
    if (lane.size == 0 && lanes.size() > KEPT) {
      lanes.remove(lane.terms);
      latest = null;
    }
  }

  /** The terms under which tasks wait. */
  List<TaskTerms> terms() {
    return lanes.values().stream().filter(lane -> lane.size > 0).map(lane -> lane.terms).toList();
  }

  int waiting(TaskTerms terms) {
    Lane lane = lanes.get(terms);
    return lane == null ? 0 : lane.size;
  }

  /** Reads the tasks in order without taking them out. */
  Picker picker() {
    return new Picker();
  }

  /** One reading of the lanes; each task is picked once. */
  final class Picker {

    private final List<Cursor> cursors = new ArrayList<>(lanes.size());

    private Picker() {
      for (Lane lane : lanes.values()) {
        if (lane.size > 0) {
          cursors.add(new Cursor(lane));
        }
      }
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
    private @Nullable TaskEntry head;
    private double standing;

    Cursor(Lane lane) {
      this.terms = lane.terms;
      moveTo(lane.head);
    }

    @Nullable TaskEntry take() {
      TaskEntry taken = head;
      moveTo(taken == null ? null : taken.after);
      return taken;
    }

    private void moveTo(@Nullable TaskEntry task) {
      head = task;
      if (task != null) {
        standing = task.acceptedAt - (double) terms.lease().priority() * ageingNanos;
      }
    }
  }
}
