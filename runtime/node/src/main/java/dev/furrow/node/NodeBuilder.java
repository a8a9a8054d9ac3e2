package dev.furrow.node;

import com.typesafe.config.Config;
import dev.furrow.Furrow;
import dev.furrow.config.FurrowConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Gathers settings and starts a node with them. */
final class NodeBuilder implements Furrow.Builder {

  private final Map<String, Object> settings = new LinkedHashMap<>();
  private @Nullable String profile;
  private @Nullable Executor callbacks;
  private int slots;
  private int workers;

  @Override
  public Furrow.Builder profile(String name) {
    Objects.requireNonNull(name, "profile");
    if (!FurrowConfig.profiles().contains(name)) {
      throw new IllegalArgumentException(
          "unknown profile '" + name + "': there are " + FurrowConfig.profiles());
    }
    profile = name;
    return this;
  }

  @Override
  public Furrow.Builder slots(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "slots must be at least 1 (was "
              + count
              + "): for a node that runs no tasks use set(\"furrow.node.slots\", 0)");
    }
    slots = count;
    return this;
  }

  @Override
  public Furrow.Builder workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("workers must be at least 1 (was " + count + ")");
    }
    workers = count;
    return this;
  }

  @Override
  public Furrow.Builder set(String path, Object value) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(value, path);
    settings.put(path, value);
    return this;
  }

  @Override
  public Furrow.Builder callbackExecutor(Executor executor) {
    callbacks = Objects.requireNonNull(executor, "callbackExecutor");
    return this;
  }

  @Override
  public Furrow start() {
    if (workers > 0) {
      if (profile != null && !profile.equals("workers")) {
        throw new IllegalArgumentException(
            "workers("
                + workers
                + ") forks a cluster on this machine and cannot go with profile '"
                + profile
                + "': leave the profile out");
      }
      return WorkerCluster.start(workers, slots, settings, callbacks);
    }
    Map<String, Object> all = new LinkedHashMap<>(settings);
    if (slots > 0) {
      all.put("furrow.node.slots", slots);
    }
    Config config = FurrowConfig.load(profile, all);
    return OwnSystem.start(config, callbacks, () -> {});
  }
}
