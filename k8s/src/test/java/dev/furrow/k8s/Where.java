package dev.furrow.k8s;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.stream.LongStream;

/** A task as a user would put it into an image: it has a class path, and says where it ran. */
record Where(long upTo) implements Task<Where.Answer> {

  /** What it found. */
  record Answer(long sum, String node, String jar) {}

  @Override
  public Answer run(TaskContext context) {
    String jar = Where.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return new Answer(LongStream.rangeClosed(1, upTo).sum(), context.node(), jar);
  }
}
