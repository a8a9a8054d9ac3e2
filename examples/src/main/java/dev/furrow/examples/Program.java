package dev.furrow.examples;

import dev.furrow.FurrowException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.Function;

/**
 * How an example reads its arguments and ends: with status 0; 1 if something failed or a check did
 * not hold, and a line says what; 2 if an argument was wrong, and the usage follows.
 *
 * @param name what the example is called, to begin a message with
 * @param usage what {@code --help} prints
 * @param out results
 * @param err messages about what is wrong
 */
public record Program(String name, String usage, PrintStream out, PrintStream err) {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  /**
   * What an example does.
   *
   * @param <A> its arguments
   */
  @FunctionalInterface
  public interface Body<A> {

    /**
     * Does it.
     *
     * @throws IllegalStateException a check did not hold; the message says what differs
     */
    void run(A arguments) throws IOException, InterruptedException;
  }

  /**
   * Runs an example and gives the status to end with.
   *
   * @param read makes arguments of the command line; throws IllegalArgumentException if one is
   *     wrong
   * @param args the command line; with {@code --help} anywhere, only the usage is printed
   */
  public <A> int run(Function<CommandLine, A> read, Body<A> body, String... args) {
    if (Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h")) {
      out.println(usage);
      return 0;
    }
    A arguments;
    try {
      arguments = read.apply(new CommandLine(args));
    } catch (IllegalArgumentException e) {
      err.println(name + ": " + e.getMessage() + System.lineSeparator());
      err.println(usage);
      return MISUSED;
    }
    try {
      body.run(arguments);
      return 0;
    } catch (FurrowException | IllegalStateException | IOException e) {
      err.println(name + ": " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      err.println(name + ": interrupted before the end");
      return FAILED;
    }
  }
}
