package org.medseal.ledger.index;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.app.AppStore;
import org.medseal.ledger.app.HistoryStore;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.index.BlockLookups.Marker;
import org.medseal.ledger.index.IndexException.Reason;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link AppStore} in an embedded H2 database. After a crash it may be some blocks behind, never
 * ahead of itself: rows, state and height marker of a block stand or fall together. A damaged one
 * is deleted and starts empty, for the engine to replay the blocks. Failures are {@link
 * IndexException}.
 */
public final class H2Index implements AppStore, HistoryStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(H2Index.class);

  /** H2 writes behind; this many blocks at most are replayed after a power cut. */
  private static final int BLOCKS_PER_CHECKPOINT = 100;

  /** Of a snapshot; between them H2 need not be able to take them back. */
  private static final int ROWS_PER_COMMIT = 10_000;

  private final H2Files files;
  private final Connection connection;
  private final BlockRows rows;
  private final BlockLookups lookups;
  private Optional<StateHistory> pendingHistory = Optional.empty();
  private volatile long height;

  private H2Index(H2Files files, Connection connection, Connection reader) throws SQLException {
    this.files = files;
    this.connection = connection;
    this.rows = new BlockRows(connection);
    this.lookups = new BlockLookups(reader);
    this.height = lookups.marker().map(Marker::height).orElse(0L);
  }

  /** Opens or creates; what is damaged or of another version is deleted and begun anew. */
  public static H2Index open(Path folder) {
    return open(folder, Long.MAX_VALUE);
  }

  /**
   * As {@link #open(Path)}; also deletes an index that knows more than the blocks do.
   *
   * @param newestBlock height of the newest block on disk
   */
  public static H2Index open(Path folder, long newestBlock) {
    H2Files files = new H2Files(folder);
    files.createFolder();
    if (files.isMarkedForRebuild()) {
      LOG.warn("index in {} failed before: it is rebuilt from the blocks", folder);
      files.delete();
    }
    try {
      return openSound(files, newestBlock);
    } catch (SQLException e) {
      LOG.warn(
          "index in {} is not usable (H2 error {}): it is rebuilt from the blocks",
          folder,
          e.getErrorCode());
      files.delete();
    }
    try {
      return openSound(files, newestBlock);
    } catch (SQLException e) {
      throw new IndexException(Reason.FAILED, "cannot create an index in " + folder, e);
    }
  }

  /** Deletes an index that nobody has open: the next start builds it from the blocks. */
  public static void discard(Path folder) {
    new H2Files(folder).delete();
  }

  private static H2Index openSound(H2Files files, long newestBlock) throws SQLException {
    Connection connection = files.connect();
    try {
      Schema.create(connection);
      connection.setAutoCommit(false);
      H2Index index = new H2Index(files, connection, files.connect());
      index.requireSound(newestBlock);
      return index;
    } catch (SQLException e) {
      closeForGood(connection);
      throw e;
    } catch (RuntimeException e) {
      // Damage below SQL reaches here as whatever H2 or the codec stumbled over.
      closeForGood(connection);
      throw new SQLException("index is damaged", e);
    }
  }

  private void requireSound(long newestBlock) throws SQLException {
    Optional<Marker> marker = lookups.marker();
    if (marker.isEmpty()) {
      return;
    }
    if (marker.get().version() != Schema.VERSION) {
      throw new SQLException("index of version " + marker.get().version());
    }
    if (marker.get().height() > newestBlock) {
      throw new SQLException("index is ahead of the blocks");
    }
    if (lookups.state(marker.get().stateHash()).isEmpty()) {
      throw new SQLException("state in the index is damaged");
    }
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public Optional<byte[]> state() {
    return read(
        () -> {
          Optional<Marker> marker = lookups.marker();
          if (marker.isEmpty()) {
            return Optional.<byte[]>empty();
          }
          Optional<byte[]> state = lookups.state(marker.get().stateHash());
          if (state.isEmpty()) {
            throw new SQLException("state in the index is damaged");
          }
          return state;
        });
  }

  @Override
  public boolean containsTransaction(Hash id) {
    return locate(id).isPresent();
  }

  @Override
  public boolean containsSalt(Bytes salt) {
    return read(() -> lookups.containsSalt(salt.toArray()));
  }

  @Override
  public Optional<Location> locate(Hash transactionId) {
    return read(() -> lookups.locate(transactionId));
  }

  @Override
  public List<RecordReference> recordsByTags(Collection<Hash> tags) {
    return read(() -> lookups.recordsByTags(tags));
  }

  @Override
  public List<CommittedAction> actionsOn(Hash subject) {
    return read(() -> lookups.actionsOn(subject));
  }

  @Override
  public List<CommittedAction> actions(Topic topic) {
    return read(() -> lookups.actions(topic));
  }

  @Override
  public Optional<StateHistory> historyAfter(long blockHeight) {
    return read(() -> lookups.historyAfter(blockHeight));
  }

  @Override
  public List<Hash> transactionIds(long blockHeight) {
    return read(() -> lookups.transactionIds(blockHeight));
  }

  @Override
  public void keepHistory(StateHistory history) {
    pendingHistory = Optional.of(history);
  }

  @Override
  public void commit(long blockHeight, byte[] state, Block block, Hash blockId) {
    if (blockHeight != height + 1 || blockHeight != block.header().height()) {
      throw new IndexException(
          Reason.OUT_OF_ORDER, "block " + blockHeight + " after height " + height);
    }
    try {
      if (pendingHistory.isPresent()) {
        rows.writeHistory(pendingHistory.get(), block);
      }
      rows.write(state, block, blockId);
      connection.commit();
      pendingHistory = Optional.empty();
      if (blockHeight % BLOCKS_PER_CHECKPOINT == 0) {
        checkpoint();
      }
    } catch (SQLException e) {
      abandon();
      throw failed("cannot write block " + blockHeight, e);
    }
    height = blockHeight;
  }

  /**
   * Fills an empty index with what a snapshot holds. Nothing of it counts unless all is written: an
   * interrupted one is begun anew at the next start.
   *
   * @param lookups of all transactions up to that height, in ledger order
   */
  public void restore(Restored snapshot, Iterator<Lookup> lookups) {
    if (height != 0) {
      throw new IndexException(Reason.OUT_OF_ORDER, "a snapshot goes into an empty index only");
    }
    files.markForRebuild();
    try {
      writeAll(lookups);
      rows.writeHistory(snapshot.height(), snapshot.history());
      rows.writeNewest(snapshot.height(), snapshot.state().toArray(), snapshot.blockId());
      connection.commit();
      checkpoint();
      files.unmark();
    } catch (SQLException e) {
      abandon();
      throw failed("cannot write the snapshot of height " + snapshot.height(), e);
    }
    height = snapshot.height();
  }

  private void writeAll(Iterator<Lookup> lookups) throws SQLException {
    List<Hash> ids = new ArrayList<>(); // of the present block
    long block = 0;
    for (long written = 1; lookups.hasNext(); written++) {
      Lookup each = lookups.next();
      if (each.height() != block) {
        rows.writeIds(block, ids);
        ids.clear();
        block = each.height();
      }
      ids.add(each.id());
      rows.write(each);
      if (written % ROWS_PER_COMMIT == 0) {
        rows.flush();
        connection.commit();
      }
    }
    rows.writeIds(block, ids);
    rows.flush();
  }

  /** What an index is filled with beside the look-ups. */
  public record Restored(long height, Hash blockId, Bytes state, StateHistory history) {}

  /** Syncs to disk. */
  @Override
  public void close() {
    try {
      checkpoint();
      rows.close();
      synchronized (lookups) {
        lookups.close();
      }
      connection.close();
    } catch (SQLException e) {
      closeForGood(connection);
      throw new IndexException(Reason.FAILED, "cannot close the index", e);
    }
  }

  private void checkpoint() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  private void abandon() {
    try {
      rows.clear();
      connection.rollback();
    } catch (SQLException e) {
      LOG.warn("index cannot roll back (H2 error {})", e.getErrorCode());
    }
  }

  private interface Query<T> {
    T run() throws SQLException;
  }

  private <T> T read(Query<T> query) {
    synchronized (lookups) {
      try {
        return query.run();
      } catch (SQLException e) {
        throw failed("cannot read", e);
      }
    }
  }

  private IndexException failed(String what, SQLException cause) {
    files.markForRebuild();
    return new IndexException(
        Reason.FAILED, "index: " + what + ": it is rebuilt at the next start", cause);
  }

  /** Lets go of files that are about to be deleted. */
  private static void closeForGood(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      LOG.debug("index was closed already (H2 error {})", e.getErrorCode());
    }
  }
}
