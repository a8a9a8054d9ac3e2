package dev.furrow.node.cli;

import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeSettings.Journal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Whether the journal answers, where it is a server. */
final class JournalCheck {

  private static final String SECONDS = "5";
  private static final String WHAT = "journal";

  private JournalCheck() {}

  static void run(NodeSettings settings, Findings findings) {
    Journal journal = settings.journal();
    switch (journal.kind()) {
      case NONE -> findings.ok(WHAT, "none");
      case H2 ->
          findings.ok(
              WHAT,
              "none that a cluster can use: durability JOURNALED needs furrow.journal.kind ="
                  + " postgresql");
      case POSTGRESQL -> connect(journal.postgresql(), findings);
    }
  }

  private static void connect(Journal.PostgreSql server, Findings findings) {
    Properties how = new Properties();
    if (!server.user().isEmpty()) {
      how.setProperty("user", server.user());
    }
    if (!server.password().isEmpty()) {
      how.setProperty("password", server.password());
    }
    how.setProperty("loginTimeout", SECONDS);
    how.setProperty("connectTimeout", SECONDS);
    how.setProperty("socketTimeout", SECONDS);
    try (Connection connection = DriverManager.getConnection(server.url(), how)) {
      findings.ok(
          WHAT, server + ": PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException failed) {
      // The URL may hold a password.
      String text = String.valueOf(failed.getMessage()).replace(server.url(), server.toString());
      findings.fail(
          WHAT,
          server + " cannot be used: " + text,
          "correct furrow.journal.postgresql, or start the server");
    }
  }
}
