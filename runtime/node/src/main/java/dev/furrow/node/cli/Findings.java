package dev.furrow.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the doctor has found, in the order in which it looked. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /** How bad something is. */
  enum Level {
    OK,
    WARN,
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that was looked at.
   *
   * @param what a name that does not change
   * @param advice what to do; may be empty
   */
  record Finding(Level level, String what, String finding, String advice) {

    @Override
    public String toString() {
      String line = String.format("%-4s  %s: %s", level, what, finding);
      return Output.line(advice.isEmpty() ? line : line + "; " + advice);
    }
  }

  void ok(String what, String finding) {
    all.add(new Finding(Level.OK, what, finding, ""));
  }

  void warn(String what, String finding, String advice) {
    all.add(new Finding(Level.WARN, what, finding, advice));
  }

  void fail(String what, String finding, String advice) {
    all.add(new Finding(Level.FAIL, what, finding, advice));
  }

  List<Finding> all() {
    return all;
  }

  boolean anyFailed() {
    return all.stream().anyMatch(each -> each.level() == Level.FAIL);
  }

  ArrayNode json() {
    ArrayNode array = Output.JSON.createArrayNode();
    for (Finding each : all) {
      array
          .addObject()
          .put("level", each.level().toString())
          .put("what", each.what())
          .put("finding", each.finding())
          .put("advice", each.advice());
    }
    return array;
  }
}
