package dev.furrow.config;

import java.time.Duration;

/** What settings demand of one another. */
final class SettingsRules {

  private final NodeSettings settings;
  private final SettingsReader reader;

  SettingsRules(NodeSettings settings, SettingsReader reader) {
    this.settings = settings;
    this.reader = reader;
  }

  /**
   * Checks all pairs.
   *
   * @throws IllegalArgumentException two settings are at odds; names both and their values
   */
  void check() {
    checkSizes();
    checkTimes();
    if (settings.profile().equals("kubernetes") && !settings.cluster().seeds().isEmpty()) {
      throw reader.wrong(
          "furrow.cluster.seeds", "be empty with profile kubernetes, which finds nodes by itself");
    }
    if (settings.node().slots() == 0
        && settings.node().roles().contains(NodeSettings.WORKER_ROLE)) {
      throw reader.wrong("furrow.node.roles", "not name worker where furrow.node.slots is 0");
    }
  }

  private void checkSizes() {
    int frame = settings.link().maxFrame();
    require(
        settings.tasks().maxBytes() < frame,
        "furrow.tasks.max-bytes",
        "be less than",
        "furrow.link.max-frame",
        Texts.size(frame));
    require(
        settings.tasks().maxResult() < frame,
        "furrow.tasks.max-result",
        "be less than",
        "furrow.link.max-frame",
        Texts.size(frame));
    require(
        settings.link().maxPending() >= frame,
        "furrow.link.max-pending",
        "be at least",
        "furrow.link.max-frame",
        Texts.size(frame));
    int task = settings.tasks().maxBytes();
    require(
        settings.submit().maxBytes() >= task,
        "furrow.submit.max-bytes",
        "be at least",
        "furrow.tasks.max-bytes",
        Texts.size(task));
  }

  private void checkTimes() {
    NodeSettings.Liveness liveness = settings.liveness();
    Duration interval = liveness.statusInterval();
    String name = "furrow.liveness.status-interval";
    require(
        liveness.poolSilence().compareTo(interval.multipliedBy(2)) > 0,
        "furrow.liveness.pool-silence",
        "be more than twice",
        name,
        Texts.duration(interval));
    require(
        liveness.supervisorSilence().compareTo(interval.multipliedBy(2)) > 0,
        "furrow.liveness.supervisor-silence",
        "be more than twice",
        name,
        Texts.duration(interval));
    require(
        liveness.tick().compareTo(interval) <= 0,
        "furrow.liveness.tick",
        "be at most",
        name,
        Texts.duration(interval));
    requireOrder("furrow.link.redial", settings.link().minRedial(), settings.link().maxRedial());
    requireOrder(
        "furrow.workers.restart", settings.workers().minRestart(), settings.workers().maxRestart());
  }

  private void requireOrder(String section, Duration min, Duration max) {
    require(
        min.compareTo(max) <= 0,
        section + ".min",
        "be at most",
        section + ".max",
        Texts.duration(max));
  }

  private void require(boolean holds, String path, String relation, String other, String value) {
    if (!holds) {
      throw reader.wrong(path, relation + " " + other + ", which is " + value);
    }
  }
}
