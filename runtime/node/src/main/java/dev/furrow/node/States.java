package dev.furrow.node;

import dev.furrow.Durability;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.TypeRef;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.partition.Call;
import dev.furrow.actors.wire.StateCodec;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The states that are kept by key, by name: how each is kept is fixed when it is first used. */
final class States {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int PARTITIONS = 128;

  private final NodeParts parts;
  private final Map<String, Kept> known = new ConcurrentHashMap<>();

  private record Kept(int partitions, Durability durability) {}

  States(NodeParts parts) {
    this.parts = parts;
  }

  <K, V> Partitioned<K, V> open(
      String name,
      TypeRef<K> key,
      TypeRef<V> value,
      PartitionedOptions options,
      Supplier<Call.@Nullable Origin> origins) {
    Objects.requireNonNull(name, "name must not be null");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a state's name must have 1 to 100 letters, digits, '.', '_' or '-' (was '"
              + name
              + "')");
    }
    if (!parts.self().name().equals("local")) {
      throw new UnsupportedOperationException(
          "state kept by key is only there yet where one JVM is the whole cluster, as in"
              + " Furrow.local()");
    }
    StateCodec.Entries entries = parts.state().entries("'" + name + "'", key.type(), value.type());
    Kept kept =
        known.computeIfAbsent(
            name,
            fresh ->
                new Kept(
                    options.partitions().orElse(PARTITIONS),
                    options.durability().orElse(Durability.MEMORY)));
    int wanted = options.partitions().orElse(kept.partitions());
    if (wanted != kept.partitions()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' has "
              + kept.partitions()
              + " partitions since it was first used (asked for "
              + wanted
              + "): ask for as many, or use another name");
    }
    parts.guardian().tell(NodeGuardian.UsePartitions.USE);
    return new StateHandle<>(name, kept.partitions(), entries, parts, origins);
  }
}
