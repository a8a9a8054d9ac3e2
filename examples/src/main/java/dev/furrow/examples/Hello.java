package dev.furrow.examples;

import dev.furrow.Furrow;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.List;
import java.util.stream.LongStream;

/** The shortest program: this JVM is the whole cluster. */
public final class Hello {

  private Hello() {}

  record Square(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return n * n;
    }
  }

  /**
   * Squares the numbers from 0 to 99 on every core and prints their sum, 328350.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    try (Furrow furrow = Furrow.local()) {
      List<Long> squares = furrow.submitAll(LongStream.range(0, 100).mapToObj(Square::new)).join();
      System.out.println(squares.stream().mapToLong(Long::longValue).sum());
    }
  }
}
