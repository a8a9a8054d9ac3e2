package dev.furrow.actors.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a node: a table of events, by who wrote them and in which order. Two events of one
 * number cannot be written, and that is what fences writers: whoever goes on after another writes a
 * mark first, and the number of the mark is the one that the other would write next. So marks are
 * never deleted, whatever else is.
 *
 * <p>Opened when it is first used. Methods block. Safe for use by many threads.
 */
public final class Journal {

  /** What {@link #deleteBefore} leaves: the name of such events' form begins so. */
  public static final String MARK = "taken";

  private static final String TABLE = "furrow_journal";

  /** Connections beside those of the plugin, at most. */
  private static final int CONNECTIONS = 4;

  /** What H2 says of a file that another process has locked. */
  private static final int H2_IN_USE = 90020;

  /** Events that one statement deletes, at most. */
  private static final int DELETE = 5_000;

  private static final String PLUGIN =
      """
      dao = "%s"
      tables.event_journal.tableName = "%s"
      slick.profile = "%s"
      use-shared-db = ""
      parallelism = %d
      # Writes that wait, one a partition; and how many events go into one transaction.
      bufferSize = 10000
      batchSize = 100
      # Partitions that open at once hold so many events each, and an event may be large.
      replayBatchSize = 100
      # Its timeout is what it is there for. When it fails, partitions pause by themselves.
      circuit-breaker { max-failures = 1000000000, call-timeout = %d ms }
      recovery-event-timeout = %d ms
      # Writers are fenced by numbers. A filter would take the mark of one that was too late, and
      # gave up, for that of the newest writer.
      replay-filter.mode = off
      """;

  private static final Set<String> COLUMNS =
      Set.of(
          "ordering",
          "deleted",
          "persistence_id",
          "sequence_number",
          "writer",
          "write_timestamp",
          "adapter_manifest",
          "event_payload",
          "event_ser_id",
          "event_ser_manifest",
          "meta_payload",
          "meta_ser_id",
          "meta_ser_manifest");

  private final NodeSettings.Journal settings;
  private final String profile;
  private final String cluster;
  private final boolean clustered;
  private @Nullable Database database;
  private volatile @Nullable HikariDataSource connections;
  private JournalPlugin.@Nullable Plugin plugin;

  /**
   * A journal that is not open.
   *
   * @param clustered other processes use it too
   */
  public Journal(NodeSettings settings, boolean clustered) {
    this.settings = settings.journal();
    this.profile = settings.profile();
    this.cluster = settings.cluster().name();
    this.clustered = clustered;
  }

  /** Whether something may have been kept in it, now or by an earlier cluster. */
  public boolean isPresent() {
    return switch (settings.kind()) {
      case NONE -> false;
      case H2 -> isOfThisMachine() && Files.exists(Databases.h2File(settings.h2Directory()));
      case POSTGRESQL -> true;
    };
  }

  /** How long one read or write may take. */
  public Duration timeout() {
    return settings.timeout();
  }

  /** Whether all nodes are on this machine. */
  private boolean isOfThisMachine() {
    return !clustered || profile.equals("workers");
  }

  /** The name under which something of this cluster is kept. */
  public String id(String kind, String name) {
    return cluster + "/" + kind + "/" + name;
  }

  /**
   * Opens it, if it is not, and makes the table where it is not there.
   *
   * @throws JournalException it cannot be used; trying again may help
   */
  public synchronized void open() throws JournalException {
    if (database == null) {
      Database found = find();
      HikariDataSource some = null;
      try {
        some = found.connections(CONNECTIONS, settings.timeout().toMillis());
        prepare(found, some);
        connections = some;
      } catch (SQLException failed) {
        throw new JournalException(
            "the journal at " + found + " cannot be used: " + text(failed), failed);
      } finally {
        if (connections == null && some != null) {
          some.close();
        }
      }
      database = found;
    }
  }

  /** What the database says; a pool that could not connect has it as its cause. */
  private static String text(Exception failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof SQLException known && known.getErrorCode() == H2_IN_USE) {
      return "another program has its file open: end that one, or set furrow.journal.h2.directory"
          + " to another folder";
    }
    return String.valueOf(cause instanceof SQLException ? cause.getMessage() : failed.getMessage());
  }

  /** Closes what {@link #open} has opened; any number of times. */
  synchronized void close() {
    HikariDataSource open = connections;
    database = null;
    connections = null;
    plugin = null;
    if (open != null) {
      open.close();
    }
  }

  /** Waits for a connection where all are used: nobody else is to wait for that. */
  private Connection connect() throws SQLException {
    HikariDataSource open = connections;
    if (open == null) {
      throw new SQLException("it is not open");
    }
    return open.getConnection();
  }

  /**
   * Refuses settings with which it cannot be opened ever.
   *
   * @throws JournalException says what to set
   */
  private void check() throws JournalException {
    if (settings.kind() == NodeSettings.Journal.Kind.NONE) {
      throw new JournalException(
          "there is no journal (furrow.journal.kind = none): set it to h2 or postgresql, or ask"
              + " for another durability");
    }
    if (settings.kind() == NodeSettings.Journal.Kind.H2 && !isOfThisMachine()) {
      throw new JournalException(
          "furrow.journal.kind = h2 keeps the journal in a file of one machine, and this node is"
              + " part of a cluster: set it to postgresql");
    }
  }

  private Database find() throws JournalException {
    check();
    return settings.kind() == NodeSettings.Journal.Kind.H2
        ? h2()
        : Databases.postgreSql(settings.postgresql(), settings.timeout());
  }

  private Database h2() throws JournalException {
    try {
      Files.createDirectories(settings.h2Directory());
    } catch (IOException failed) {
      throw new JournalException(
          "the folder of furrow.journal.h2.directory cannot be made: " + failed, failed);
    }
    if (clustered && System.getProperty("h2.bindAddress") == null) {
      // H2 would listen on all addresses, and reads this when it is loaded.
      System.setProperty("h2.bindAddress", "127.0.0.1");
    }
    return Databases.h2(settings.h2Directory(), clustered);
  }

  private static void prepare(Database database, HikariDataSource in)
      throws SQLException, JournalException {
    Set<String> missing = new TreeSet<>(COLUMNS);
    try (Connection connection = in.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String line : database.schema()) {
          statement.execute(line);
        }
      }
      connection.commit();
      try (ResultSet columns = connection.getMetaData().getColumns(null, null, TABLE, null)) {
        while (columns.next()) {
          missing.remove(columns.getString("COLUMN_NAME"));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new JournalException(
          "the table "
              + TABLE
              + " at "
              + database
              + " lacks the columns "
              + missing
              + ": it is not one of Furrow's; use another database or schema");
    }
  }

  private synchronized Database opened() {
    Database found = database;
    if (found == null) {
      throw new IllegalStateException("the journal is not open");
    }
    return found;
  }

  /** What Pekko Persistence is told, when it is open, in a system of some configuration. */
  synchronized JournalPlugin.Plugin plugin(Config system) {
    JournalPlugin.Plugin known = plugin;
    if (known == null) {
      known = made(system);
      plugin = known;
    }
    return known;
  }

  private JournalPlugin.Plugin made(Config system) {
    long timeout = settings.timeout().toMillis();
    Config own =
        ConfigFactory.parseString(
            PLUGIN.formatted(
                JournalDao.class.getName(),
                TABLE,
                opened().profile(),
                settings.connections(),
                timeout,
                timeout));
    Config slick = opened().pool(settings.connections(), timeout);
    Config all =
        own.withValue("slick.db", slick.root())
            .withFallback(system.getConfig("jdbc-journal").withoutPath("slick.db"));
    return new JournalPlugin.Plugin(
        "furrow-journal-" + Integer.toHexString(Objects.hash(opened(), settings)),
        ConfigFactory.parseMap(all.root().unwrapped()));
  }

  /**
   * The highest number that was written under an id; 0 if none was.
   *
   * @throws JournalException it cannot be read; trying again may help
   */
  public long highest(String id) throws JournalException {
    Database in = opened();
    String query =
        in.quoted("SELECT MAX(#sequence_number#) FROM #furrow_journal# WHERE #persistence_id# = ?");
    try (Connection connection = connect();
        PreparedStatement highest = connection.prepareStatement(query)) {
      highest.setString(1, id);
      try (ResultSet found = highest.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    } catch (SQLException failed) {
      throw new JournalException(
          "the journal at " + in + " cannot be read: " + text(failed), failed);
    }
  }

  /**
   * Deletes the events before one, but for marks.
   *
   * @throws JournalException not all were deleted; trying again is safe
   */
  public void deleteBefore(String id, long sequence) throws JournalException {
    Database from = opened();
    String where =
        from.quoted(
            """
        FROM #furrow_journal# WHERE #persistence_id# = ? AND #sequence_number# < ?
          AND #event_ser_manifest# NOT LIKE '%s%%'"""
                .formatted(MARK));
    String lowest = from.quoted("SELECT MIN(#sequence_number#) ") + where;
    try (Connection connection = connect();
        PreparedStatement first = connection.prepareStatement(lowest);
        PreparedStatement delete = connection.prepareStatement("DELETE " + where)) {
      long upTo = lowest(first, id, sequence);
      while (upTo < sequence) {
        upTo = Math.min(sequence, upTo + DELETE);
        delete.setString(1, id);
        delete.setLong(2, upTo);
        delete.executeUpdate();
      }
    } catch (SQLException failed) {
      throw new JournalException(
          "old events of " + id + " could not be deleted: " + text(failed), failed);
    }
  }

  private static long lowest(PreparedStatement query, String id, long sequence)
      throws SQLException {
    query.setString(1, id);
    query.setLong(2, sequence);
    try (ResultSet found = query.executeQuery()) {
      boolean any = found.next();
      long lowest = found.getLong(1);
      return any && !found.wasNull() ? lowest : sequence;
    }
  }
}
