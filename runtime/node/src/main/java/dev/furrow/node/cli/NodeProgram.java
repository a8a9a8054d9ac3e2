package dev.furrow.node.cli;

import com.typesafe.config.Config;

/** What {@code furrow node} runs. */
@FunctionalInterface
public interface NodeProgram {

  /**
   * Runs a node until it has left or was removed.
   *
   * @param config its settings
   * @throws dev.furrow.FurrowException it could not start; says why
   * @throws IllegalArgumentException a setting is wrong; names it
   */
  void run(Config config) throws InterruptedException;
}
