package dev.furrow.node.processes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL server on loopback, which can be stopped and started again. */
final class Postgres implements AutoCloseable {

  private final Path folder;
  private EmbeddedPostgres server;

  /** Starts a server whose files are in a folder. */
  Postgres(Path folder) throws IOException {
    this.folder = folder;
    this.server = builder().start();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false);
  }

  int port() {
    return server.getPort();
  }

  static String url(int port) {
    // Each statement by its text, which a proxy can look for.
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?prepareThreshold=0";
  }

  /** The settings of a node that uses it. */
  Map<String, Object> settings() {
    return Map.of(
        "furrow.journal.kind", "postgresql",
        "furrow.journal.postgresql.url", url(port()),
        "furrow.journal.postgresql.user", "postgres");
  }

  /** The same for a JVM that connects by way of a port. */
  static String[] options(int port) {
    return new String[] {
      "-Dfurrow.journal.kind=postgresql",
      "-Dfurrow.journal.postgresql.url=" + url(port),
      "-Dfurrow.journal.postgresql.user=postgres"
    };
  }

  void stop() throws IOException {
    server.close();
  }

  void startAgain() throws IOException {
    server = builder().setPort(port()).start();
  }

  /** Lets nobody write into the journal until it is closed; reading goes on. */
  Lock lockJournal() throws SQLException {
    Connection connection = DriverManager.getConnection(url(port()), "postgres", "");
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE furrow_journal IN EXCLUSIVE MODE");
    }
    return new Lock(connection);
  }

  /** A lock on the journal's table. */
  final class Lock implements AutoCloseable {

    private final Connection connection;

    private Lock(Connection connection) {
      this.connection = connection;
    }

    /** Waits until somebody wants to write. */
    void awaitWaiting() throws InterruptedException {
      Cluster.await(
          () -> number("SELECT COUNT(*) FROM pg_locks WHERE NOT granted") > 0,
          () -> "nobody writes");
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** The first number of what a query finds. */
  long number(String query) {
    try (Connection connection = DriverManager.getConnection(url(port()), "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
