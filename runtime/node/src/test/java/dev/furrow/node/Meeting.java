package dev.furrow.node;

import dev.furrow.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a test meets tasks that run in its JVM; tasks carry its name. */
final class Meeting implements AutoCloseable {

  private static final Map<String, Meeting> OPEN = new ConcurrentHashMap<>();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "meeting-" + NAMES.incrementAndGet();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger mostInside = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();
  private final List<String> notes = new CopyOnWriteArrayList<>();

  private Meeting() {}

  static Meeting open() {
    Meeting meeting = new Meeting();
    OPEN.put(meeting.name, meeting);
    return meeting;
  }

  static Meeting named(String name) {
    return Objects.requireNonNull(OPEN.get(name), name);
  }

  String name() {
    return name;
  }

  // ------------------------------------------------------- what tasks do

  /** Comes, stays until released, and goes. */
  void attend(TaskContext context) throws InterruptedException {
    enter();
    try {
      released.await();
    } catch (InterruptedException stopped) {
      note("cancelled: " + context.cancelled());
      interrupted.incrementAndGet();
      throw stopped;
    } finally {
      leave();
    }
  }

  /** The same, whoever interrupts. */
  void attendStubbornly() {
    enter();
    boolean stays = true;
    while (stays) {
      try {
        released.await();
        stays = false;
      } catch (InterruptedException ignored) {
        interrupted.incrementAndGet();
      }
    }
    leave();
  }

  /** Comes, and goes at once. */
  void pass(String text) {
    enter();
    note(text);
    leave();
  }

  void enter() {
    arrived.incrementAndGet();
    int now = inside.incrementAndGet();
    mostInside.accumulateAndGet(now, Math::max);
  }

  void leave() {
    inside.decrementAndGet();
  }

  void note(String text) {
    notes.add(text);
  }

  // -------------------------------------------------------- what tests do

  void release() {
    released.countDown();
  }

  int arrived() {
    return arrived.get();
  }

  int interrupted() {
    return interrupted.get();
  }

  int mostInside() {
    return mostInside.get();
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  void awaitArrivals(int count) {
    Eventually.holds(count + " tasks run (" + name + ")", () -> arrived.get() >= count);
  }

  void awaitInterrupts(int count) {
    Eventually.holds(count + " tasks are interrupted", () -> interrupted.get() >= count);
  }

  void awaitEmpty() {
    Eventually.holds("all tasks have gone", () -> inside.get() == 0);
  }

  @Override
  public void close() {
    release();
    OPEN.remove(name);
  }
}
