package org.medseal.ledger.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.medseal.ledger.index.IndexException.Reason;

/** The database's files in their folder. */
final class H2Files {
  private static final String NAME = "ledger";

  /** Left behind by a failure at run time: the next start rebuilds. */
  private static final String REBUILD = "rebuild";

  /** Page cache, KiB. */
  private static final int CACHE = 16_384;

  private final Path folder;

  H2Files(Path folder) {
    this.folder = folder.toAbsolutePath();
    if (this.folder.toString().contains(";")) {
      throw new IllegalArgumentException("the index folder's path must not contain a semicolon");
    }
  }

  void createFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IndexException(Reason.FAILED, "cannot create folder " + folder, e);
    }
  }

  /**
   * No trace files: they would hold SQL. "async" is H2's name for a file channel that an
   * interrupted reader does not close.
   */
  Connection connect() throws SQLException {
    String url =
        "jdbc:h2:async:"
            + folder.resolve(NAME)
            + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE="
            + CACHE;
    try {
      return new Driver().connect(url, new Properties());
    } catch (SQLException e) {
      if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        throw new IndexException(Reason.IN_USE, "another process uses the index in " + folder, e);
      }
      throw e;
    }
  }

  boolean isMarkedForRebuild() {
    return Files.exists(folder.resolve(REBUILD));
  }

  /** Best effort: called when the disk may be the trouble. */
  void markForRebuild() {
    try {
      Files.write(folder.resolve(REBUILD), new byte[0]);
    } catch (IOException e) {
      // The failure that led here is reported by the caller; damage is looked for at start anyway.
      return;
    }
  }

  void unmark() {
    try {
      Files.deleteIfExists(folder.resolve(REBUILD));
    } catch (IOException e) {
      throw new IndexException(Reason.FAILED, "cannot delete a mark in " + folder, e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(folder.resolve(NAME + ".mv.db"));
      Files.deleteIfExists(folder.resolve(NAME + ".trace.db"));
      Files.deleteIfExists(folder.resolve(REBUILD));
    } catch (IOException e) {
      throw new IndexException(Reason.FAILED, "cannot delete the index in " + folder, e);
    }
  }
}
