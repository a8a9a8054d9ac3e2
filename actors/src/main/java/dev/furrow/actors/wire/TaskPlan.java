package dev.furrow.actors.wire;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.furrow.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How tasks of one class and their results are written and read, or why they cannot be. */
final class TaskPlan {

  private final @Nullable String refusal;
  private final @Nullable Travel travel;

  /** What writes and reads. */
  record Travel(
      ObjectWriter taskWriter,
      ObjectReader taskReader,
      ObjectWriter resultWriter,
      ObjectReader resultReader) {}

  private TaskPlan(@Nullable String refusal, @Nullable Travel travel) {
    this.refusal = refusal;
    this.travel = travel;
  }

  /** Looks at a class, without initialising it. */
  static TaskPlan of(Class<?> task, ObjectMapper mapper) {
    try {
      JavaType result =
          mapper.constructType(
              TravelCheck.check(task, Task.class, List.of("result"), mapper).get(0));
      JavaType type = mapper.constructType(task);
      return new TaskPlan(
          null,
          new Travel(
              mapper.writerFor(type),
              mapper.readerFor(type),
              mapper.writerFor(result),
              mapper.readerFor(result)));
    } catch (IllegalArgumentException refused) {
      return new TaskPlan(refused.getMessage(), null);
    } catch (StackOverflowError endless) {
      String text = ClassShape.nameOf(task) + " cannot travel: its types are nested without end";
      return new TaskPlan(text, null);
    } catch (RuntimeException | LinkageError broken) {
      String text =
          ClassShape.nameOf(task) + " cannot travel: its class cannot be examined, " + broken;
      return new TaskPlan(text, null);
    }
  }

  /**
   * What writes and reads.
   *
   * @throws IllegalArgumentException the class cannot travel; names the component at fault
   */
  Travel travel() {
    Travel known = travel;
    if (known == null) {
      throw new IllegalArgumentException(refusal);
    }
    return known;
  }
}
