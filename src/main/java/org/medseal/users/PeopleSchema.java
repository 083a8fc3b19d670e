package org.medseal.users;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of {@code people/}, made step by step: a database of an earlier program gets the steps
 * it lacks. A step once released is never changed.
 */
final class PeopleSchema {
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE IF NOT EXISTS users (id VARCHAR(36) PRIMARY KEY, login VARCHAR(64) NOT"
                  + " NULL UNIQUE, display_name VARCHAR(200) NOT NULL, password VARCHAR(200) NOT"
                  + " NULL, state VARCHAR(16) NOT NULL, roles VARCHAR(100) NOT NULL, created_ms"
                  + " BIGINT NOT NULL, failures INT NOT NULL, locked_until_ms BIGINT NOT NULL)",
              "CREATE TABLE IF NOT EXISTS sessions (token_hash VARCHAR(64) PRIMARY KEY, user_id"
                  + " VARCHAR(36) NOT NULL, expires_ms BIGINT NOT NULL)",
              "CREATE TABLE IF NOT EXISTS trace_approvals (trace_id VARCHAR(64) NOT NULL, user_id"
                  + " VARCHAR(36) NOT NULL, PRIMARY KEY (trace_id, user_id))",
              "CREATE TABLE IF NOT EXISTS nobody (id VARCHAR(36) PRIMARY KEY, password VARCHAR(200)"
                  + " NOT NULL, failures INT NOT NULL, locked_until_ms BIGINT NOT NULL)",
              "INSERT INTO nobody SELECT '"
                  + PeopleDatabase.NOBODY
                  + "', '', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM nobody)"),
          List.of(
              "ALTER TABLE users ADD COLUMN IF NOT EXISTS email VARCHAR(254) DEFAULT '' NOT NULL",
              "ALTER TABLE users ADD COLUMN IF NOT EXISTS licence VARCHAR(64) DEFAULT '' NOT NULL",
              "ALTER TABLE sessions ADD COLUMN IF NOT EXISTS started_ms BIGINT DEFAULT 0 NOT NULL",
              "CREATE INDEX IF NOT EXISTS sessions_of_user ON sessions (user_id)",
              "CREATE TABLE IF NOT EXISTS second_factors (user_id VARCHAR(36) PRIMARY KEY, secret VARBINARY(1024)"
                  + " NOT NULL, confirmed BOOLEAN NOT NULL, last_step BIGINT NOT NULL)",
              "CREATE TABLE IF NOT EXISTS spare_codes (user_id VARCHAR(36) NOT NULL, hash VARCHAR(64) NOT NULL,"
                  + " PRIMARY KEY (user_id, hash))",
              "CREATE TABLE IF NOT EXISTS recoveries (selector VARCHAR(8) PRIMARY KEY, verifier VARCHAR(64) NOT"
                  + " NULL, user_id VARCHAR(36) NOT NULL, origin VARCHAR(8) NOT NULL,"
                  + " removes_second_factor BOOLEAN NOT NULL, failures INT NOT NULL, created_ms"
                  + " BIGINT NOT NULL, expires_ms BIGINT NOT NULL, UNIQUE (user_id, origin))",
              "CREATE TABLE IF NOT EXISTS attempts (id VARCHAR(64) PRIMARY KEY, failures INT NOT NULL,"
                  + " locked_until_ms BIGINT NOT NULL)"),
          List.of("ALTER TABLE users ADD COLUMN IF NOT EXISTS credentials INT DEFAULT 0 NOT NULL"),
          // Codes of before are void, a day old at most: people ask again.
          List.of(
              "DROP TABLE IF EXISTS recoveries",
              "CREATE TABLE IF NOT EXISTS recovery_codes (selector VARCHAR(8) PRIMARY KEY, verifier"
                  + " VARCHAR(64) NOT NULL, user_id VARCHAR(36) NOT NULL, origin VARCHAR(8) NOT"
                  + " NULL, removes_second_factor BOOLEAN NOT NULL, failures INT NOT NULL,"
                  + " expires_ms BIGINT NOT NULL)",
              "CREATE INDEX IF NOT EXISTS recovery_codes_of_user ON recovery_codes (user_id)",
              "CREATE TABLE IF NOT EXISTS mails (recipient VARCHAR(300) NOT NULL, sent_ms BIGINT"
                  + " NOT NULL)",
              "CREATE INDEX IF NOT EXISTS mails_to_recipient ON mails (recipient)",
              "ALTER TABLE users ADD COLUMN IF NOT EXISTS asked_again INT DEFAULT 0 NOT NULL"));

  private PeopleSchema() {}

  /** H2 commits each statement, so a step cut by a crash is done again from its beginning. */
  static void bringUpToDate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS schema_steps (done INT PRIMARY KEY)");
      for (int step = done(statement); step < STEPS.size(); step++) {
        for (String sql : STEPS.get(step)) {
          statement.execute(sql);
        }
        statement.execute("INSERT INTO schema_steps VALUES (" + (step + 1) + ")");
      }
      statement.execute("CHECKPOINT SYNC");
    }
  }

  private static int done(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT MAX(done) FROM schema_steps")) {
      row.next();
      int done = row.getInt(1);
      if (done > STEPS.size()) {
        throw new SQLException("the database was written by a later program");
      }
      return done;
    }
  }
}
