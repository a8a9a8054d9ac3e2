package dev.furrow.actors.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private static final long IDLE_MILLIS = 10_000;

  /** Copies the collections. */
  Database {
    properties = Map.copyOf(properties);
    schema = List.copyOf(schema);
  }

  /**
   * Connections beside those of Pekko's plugin, which are closed when they are not used.
   *
   * @throws SQLException there is none now
   */
  HikariDataSource connections(int most, long timeoutMillis) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("furrow-journal");
    config.setJdbcUrl(url);
    config.setDriverClassName(driver);
    config.setUsername(user);
    config.setPassword(password);
    properties.forEach(config::addDataSourceProperty);
    config.setConnectionInitSql(session.isEmpty() ? null : session);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_MILLIS);
    config.setConnectionTimeout(timeoutMillis);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException failed) {
      throw new SQLException(failed.getCause());
    }
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
