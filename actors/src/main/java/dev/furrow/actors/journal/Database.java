package dev.furrow.actors.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A database, as JDBC and Slick know it.
 *
 * @param url of JDBC
 * @param driver class of JDBC
 * @param profile class of Slick
 * @param user empty: none
 * @param password empty: none
 * @param properties further ones of the connection
 * @param session a statement that each connection begins with; empty: none
 * @param schema statements that make what is not there, one after another
 */
record Database(
    String url,
    String driver,
    String profile,
    String user,
    String password,
    Map<String, String> properties,
    String session,
    List<String> schema) {

  /** Copies the collections. */
  Database {
    properties = Map.copyOf(properties);
    schema = List.copyOf(schema);
  }

  /** A connection beside the pool's. */
  Connection connect() throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    all.putAll(credentials());
    Connection connection = DriverManager.getConnection(url, all);
    if (!session.isEmpty()) {
      try (Statement begin = connection.createStatement()) {
        begin.execute(session);
      } catch (SQLException failed) {
        connection.close();
        throw failed;
      }
    }
    return connection;
  }

  /** A statement in which names stand between number signs. */
  String quoted(String statement) {
    return statement.replace("#", driver.contains("h2") ? "\"" : "");
  }

  /** The settings of a pool of connections. */
  Config pool(int connections, long timeoutMillis) {
    Config pool =
        ConfigFactory.parseMap(
            Map.of(
                "connectionPool", "HikariCP",
                "url", url,
                "driver", driver,
                "numThreads", connections,
                "maxConnections", connections,
                "minConnections", 1,
                "queueSize", 10_000,
                "connectionTimeout", timeoutMillis,
                "validationTimeout", Math.max(1_000, timeoutMillis / 2)));
    Map<String, String> own = credentials();
    if (!session.isEmpty()) {
      own.put("connectionInitSql", session);
    }
    return ConfigFactory.parseMap(own)
        .withFallback(pool)
        .withValue("properties", ConfigValueFactory.fromMap(properties));
  }

  /** Who connects, as far as that is not left to the URL. */
  private Map<String, String> credentials() {
    Map<String, String> all = new HashMap<>(Map.of("user", user, "password", password));
    all.values().removeIf(String::isEmpty);
    return all;
  }

  /** The URL without parameters, which may hold a password. */
  @Override
  public String toString() {
    return url.replaceFirst("[?;].*$", "");
  }
}
