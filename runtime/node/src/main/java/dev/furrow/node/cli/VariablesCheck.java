package dev.furrow.node.cli;

import dev.furrow.config.Environment;
import java.util.List;
import java.util.Map;

/** Variables that somebody may have meant to be settings. */
final class VariablesCheck {

  private VariablesCheck() {}

  static void run(Map<String, String> environment, Findings findings) {
    List<String> unknown = Environment.unknown(environment);
    if (unknown.isEmpty()) {
      findings.ok("variables", "every FURROW_ variable is a setting");
    } else {
      findings.warn(
          "variables",
          String.join(", ", unknown)
              + (unknown.size() == 1 ? " is no setting" : " are no settings")
              + " and not looked at",
          "a variable is a setting of reference.conf in capitals, with _ for . and -");
    }
  }
}
