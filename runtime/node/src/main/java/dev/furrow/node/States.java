package dev.furrow.node;

import dev.furrow.Durability;
import dev.furrow.FurrowException;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.TypeRef;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.journal.JournalException;
import dev.furrow.actors.partition.Call;
import dev.furrow.actors.partition.DefineState;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.StateCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states that are kept by key, by name: how each is kept is fixed when it is first used. */
final class States {

  private static final Logger log = LoggerFactory.getLogger(States.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int PARTITIONS = 128;

  /** Where so many nodes run tasks, state has copies unless something else is asked for. */
  private static final int ENOUGH = 3;

  /** The states that say how states are kept; no user's has such a name. */
  private static final String DEFINITIONS = "~states";

  private static final String JOURNALED = "~journaled";

  private final NodeParts parts;
  private final Runnable use;
  private final LongSupplier workers;
  private final Journal journal;
  private final StateHandle<String, DefineState.Kept> definitions;
  private final StateHandle<String, DefineState.Kept> journaled;
  private final Map<String, DefineState.Kept> known = new ConcurrentHashMap<>();

  /**
   * No state is known yet.
   *
   * @param use is run before each is opened
   * @param workers says how many nodes run tasks
   */
  States(NodeParts parts, Journal journal, Runnable use, LongSupplier workers) {
    this.parts = parts;
    this.journal = journal;
    this.use = use;
    this.workers = workers;
    this.definitions = handle(DEFINITIONS, Durability.MEMORY);
    this.journaled = handle(JOURNALED, Durability.JOURNALED);
  }

  private StateHandle<String, DefineState.Kept> handle(String name, Durability durability) {
    StateCodec.Entries entries = parts.state().entries(name, String.class, DefineState.Kept.class);
    return new StateHandle<>(name, new DefineState.Kept(1, durability), entries, parts, () -> null);
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
    StateCodec.Entries entries = parts.state().entries("'" + name + "'", key.type(), value.type());
    use.run();
    DefineState.Kept kept = define(name, options);
    int wanted = options.partitions().orElse(kept.partitions());
    Durability durability = options.durability().orElse(kept.durability());
    if (wanted != kept.partitions() || durability != kept.durability()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is kept in "
              + kept.partitions()
              + " partitions with durability "
              + kept.durability()
              + " since it was first used (asked for "
              + wanted
              + " and "
              + durability
              + "): ask for the same, or use another name");
    }
    return new StateHandle<>(name, kept, entries, parts, origins);
  }

  /** How a state is kept: as those who used it first have asked for. */
  private DefineState.Kept define(String name, PartitionedOptions options) {
    DefineState.Kept cached = known.get(name);
    if (cached != null) {
      return cached;
    }
    DefineState define =
        new DefineState(
            options.partitions().orElse(PARTITIONS), options.durability().orElseGet(this::usual));
    DefineState.Kept kept = define(name, define, needsJournal(options));
    known.put(name, kept);
    return kept;
  }

  /** Whether it cannot be used while the journal cannot be read: what that says is not guessed. */
  private boolean needsJournal(PartitionedOptions options) {
    return options
        .durability()
        .map(asked -> asked == Durability.JOURNALED)
        .orElseGet(journal::isPresent);
  }

  private Durability usual() {
    return workers.getAsLong() >= ENOUGH ? Durability.REPLICATED : Durability.MEMORY;
  }

  /**
   * What a journal has of a name holds. What it has not is decided by those who are there, and
   * written into the journal where that is to survive them.
   */
  private DefineState.Kept define(String name, DefineState define, boolean needsJournal) {
    String what = "the definition of '" + name + "'";
    if (isJournalOpen(name, needsJournal)) {
      Optional<DefineState.Kept> old = Waiting.forAnswer(what, journaled.get(name));
      if (old.isPresent()) {
        return old.get();
      }
    }
    DefineState.Kept kept = Waiting.forAnswer(what, definitions.update(name, define));
    return kept.durability() == Durability.JOURNALED
        ? Waiting.forAnswer(
            what, journaled.update(name, new DefineState(kept.partitions(), kept.durability())))
        : kept;
  }

  /** Opens the journal, if there is one; state that is not for it can do without. */
  private boolean isJournalOpen(String name, boolean needed) {
    if (!needed && !journal.isPresent()) {
      return false;
    }
    try {
      journal.open();
      return true;
    } catch (JournalException failed) {
      if (needed) {
        throw new FurrowException(
            "'"
                + name
                + "' cannot be used, for it is journaled or may be: "
                + failed.getMessage()
                + ". State that never was can be asked for as MEMORY or REPLICATED",
            failed);
      }
      log.warn("'{}' is taken not to be journaled: {}", name, failed.getMessage());
      return false;
    }
  }

  /**
   * A node is gone, and what was known there of how states are kept may be too: says again what
   * this one knows, from those who asked and from what is kept here, which changes nothing where it
   * is known.
   */
  void sayAgain() {
    Map<String, DefineState.Kept> all = new HashMap<>();
    for (PartitionId partition : parts.partitions().kept()) {
      if (!partition.state().startsWith("~")) {
        all.put(partition.state(), new DefineState.Kept(partition.of(), partition.durability()));
      }
    }
    all.putAll(known);
    all.forEach(
        (name, kept) ->
            definitions
                .update(name, new DefineState(kept.partitions(), kept.durability()))
                .whenComplete((there, failure) -> heard(name, kept, there, failure)));
  }

  private static void heard(
      String name,
      DefineState.Kept said,
      DefineState.@Nullable Kept there,
      @Nullable Throwable failure) {
    if (failure != null) {
      log.warn("the definition of '{}' may be lost: {}", name, failure.toString());
    } else if (!said.equals(there)) {
      log.error(
          "'{}' is kept as {} by those who have used it, and was defined as {} while that was not"
              + " known: end the programs that use it, and start them with the same options",
          name,
          said,
          there);
    }
  }
}
