package dev.furrow.actors.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.jspecify.annotations.Nullable;

/**
 * How Pekko Persistence uses the journal in an actor system. A persistent actor is asked for it
 * before its constructor can set a field, so it is kept with the system.
 */
public final class JournalPlugin implements Extension {

  /** Finds the one of a system. */
  private static final class Id extends AbstractExtensionId<JournalPlugin> {

    @Override
    public JournalPlugin createExtension(ExtendedActorSystem system) {
      return new JournalPlugin();
    }
  }

  private static final Id ID = new Id();

  /**
   * The plugin as Pekko knows it.
   *
   * @param id another for each database
   * @param config what stands under the id
   */
  public record Plugin(String id, Config config) {

    /** The settings under their name, as a persistent actor gives them. */
    public Config named() {
      return ConfigFactory.empty().withValue(id, config.root());
    }
  }

  private final Set<Journal> journals = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Plugin current;

  private JournalPlugin() {}

  private static JournalPlugin of(ActorSystem system) {
    return ID.get(system);
  }

  /** Sets what persistent actors that start from now on use; it is closed with the system. */
  public static void use(ActorSystem system, Journal journal) {
    JournalPlugin used = of(system);
    used.current = journal.plugin(system.settings().config());
    if (used.journals.add(journal)) {
      system.registerOnTermination(journal::close);
    }
  }

  /**
   * Is done when persistent actors would not wait for anything to be loaded any more.
   *
   * @param id under which nothing is kept
   * @param event that is written there, unless that fails; to be deleted
   */
  public static CompletionStage<Done> warm(ActorSystem system, String id, Object event) {
    return Warmup.of(system, id, event);
  }

  /**
   * What persistent actors use.
   *
   * @throws NullPointerException none was set
   */
  public static Plugin get(ActorSystem system) {
    return Objects.requireNonNull(of(system).current, "the journal is not open");
  }
}
