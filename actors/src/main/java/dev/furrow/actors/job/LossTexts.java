package dev.furrow.actors.job;

import dev.furrow.actors.wire.NodeId;
import java.util.List;

/** What a task's failure says when its nodes, and not its code, failed it. */
final class LossTexts {

  private LossTexts() {}

  static String lost(TaskEntry task, int limit) {
    return "task "
        + task.index
        + " ("
        + task.task.type()
        + ") was lost with its node "
        + task.lost
        + " times, more than furrow.jobs.max-lost = "
        + limit
        + " allows";
  }

  static String poison(TaskEntry task) {
    List<String> nodes = task.killed().stream().map(NodeId::name).sorted().toList();
    return "task "
        + task.index
        + " ("
        + task.task.type()
        + ") was running on "
        + String.join(" and ", nodes)
        + " when they ended: it is not tried again. Look there for System.exit, native crashes and"
        + " exhausted memory";
  }
}
