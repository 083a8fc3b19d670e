package org.medseal.ledger.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The index's tables. A change of any takes a new version: the old index is then rebuilt. */
final class Schema {
  static final int VERSION = 4;

  /** Most bytes of one VARBINARY in H2 are 1 MiB: the state is cut into pieces. */
  static final int STATE_PIECE = 1 << 19;

  /** Transaction ids of one row of histories. */
  static final int IDS_PER_PIECE = STATE_PIECE / 32;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS marker("
              + "version INT PRIMARY KEY, height BIGINT NOT NULL, block_id BINARY(32) NOT NULL,"
              + " state_hash BINARY(32) NOT NULL)",
          "CREATE TABLE IF NOT EXISTS state(piece INT PRIMARY KEY, content VARBINARY NOT NULL)",
          "CREATE TABLE IF NOT EXISTS transactions("
              + "id BINARY(32) PRIMARY KEY, height BIGINT NOT NULL, position INT NOT NULL,"
              + " record BOOLEAN NOT NULL)",
          // Piece 0 is the history after the block, the others the ids of its transactions.
          "CREATE TABLE IF NOT EXISTS histories("
              + "height BIGINT, piece INT, content VARBINARY NOT NULL, PRIMARY KEY(height, piece))",
          "CREATE TABLE IF NOT EXISTS salts(salt BINARY(16) PRIMARY KEY)",
          "CREATE TABLE IF NOT EXISTS tags("
              + "tag BINARY(32), height BIGINT, position INT, id BINARY(32) NOT NULL,"
              + " format TINYINT NOT NULL, PRIMARY KEY(tag, height, position))",
          "CREATE TABLE IF NOT EXISTS actions("
              + "subject BINARY(32), height BIGINT, position INT, topic TINYINT NOT NULL,"
              + " id BINARY(32) NOT NULL, time_ms BIGINT NOT NULL, encoded VARBINARY NOT NULL,"
              + " PRIMARY KEY(subject, height, position))",
          "CREATE INDEX IF NOT EXISTS actions_by_topic ON actions(topic, height, position)");

  private Schema() {}

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
  }
}
