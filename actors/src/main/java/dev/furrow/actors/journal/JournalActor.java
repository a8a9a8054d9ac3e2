package dev.furrow.actors.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RuntimePluginConfig;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** A persistent actor that uses the journal of its system, which is open, and no snapshots. */
public abstract class JournalActor extends AbstractPersistentActor implements RuntimePluginConfig {

  @Override
  public final String journalPluginId() {
    return JournalPlugin.get(getContext().getSystem()).id();
  }

  @Override
  public final Config journalPluginConfig() {
    return JournalPlugin.get(getContext().getSystem()).named();
  }

  @Override
  public final String snapshotPluginId() {
    return "pekko.persistence.no-snapshot-store";
  }

  @Override
  public final Config snapshotPluginConfig() {
    return ConfigFactory.empty();
  }

  @Override
  public final Recovery recovery() {
    return Recovery.create(SnapshotSelectionCriteria.none());
  }
}
