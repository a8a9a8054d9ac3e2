package dev.furrow;

/**
 * One unit of work: plain data that knows how to run.
 *
 * <p>Write a task as a {@code record}. It travels to a node as CBOR, so its components, and its
 * result, must be types that can be written and read back: primitives, strings, enums, records,
 * collections and maps of those, {@code Optional}, {@code java.time}, {@code BigDecimal}, primitive
 * arrays, and sealed interfaces of records. What cannot travel is refused by {@code submit}, with
 * the component at fault.
 *
 * <p>The wire carries the data, never the code: every node needs the task's class on its class
 * path. A task may run more than once (a node may die after it ran and before its result was
 * committed); its result is committed once.
 *
 * @param <R> the result; named by the class itself, as in {@code implements Task<List<String>>}
 */
public interface Task<R> {

  /**
   * Runs the task on a thread of its own, never on one that the runtime needs.
   *
   * @param context where and as what this attempt runs
   * @return the result; {@code null} travels too
   * @throws Exception any failure; it ends this attempt, and the task when no retry is left
   */
  R run(TaskContext context) throws Exception;
}
