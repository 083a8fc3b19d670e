package org.medseal.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.users.UserException.Reason;

/**
 * The H2 file of {@code people/}: one connection, one caller at a time. H2 syncs on {@code
 * CHECKPOINT SYNC} only, so every change ends with one.
 */
final class PeopleDatabase implements AutoCloseable {
  /** Id of the one row of the table of that name: what an unknown login costs is written there. */
  static final String NOBODY = "nobody";

  private final Connection connection;

  private PeopleDatabase(Connection connection) {
    this.connection = connection;
  }

  /** A row's reader. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Several statements that hold together or not at all. */
  interface Work<T> {
    T run() throws SQLException;
  }

  static PeopleDatabase open(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      Path file = folder.toAbsolutePath().resolve("people");
      Connection connection =
          DriverManager.getConnection(
              "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "medseal", "");
      return upToDate(connection);
    } catch (IOException | SQLException e) {
      throw new UserException(Reason.STORE, "The users' store " + folder + " cannot be opened.", e);
    }
  }

  private static PeopleDatabase upToDate(Connection connection) throws SQLException {
    try {
      PeopleSchema.bringUpToDate(connection);
      return new PeopleDatabase(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  synchronized <T> List<T> query(String sql, Row<T> row, Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... values) {
    return query(sql, row, values).stream().findFirst();
  }

  /** Durable when it returns; rolled back as a whole when the work throws. */
  synchronized <T> T change(Work<T> work) {
    try {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.run();
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
        if (done) {
          sync();
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Rows changed; only inside {@link #change}. */
  int execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private void sync() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static UserException failed(SQLException e) {
    return new UserException(Reason.STORE, "The users' store failed.", e);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
