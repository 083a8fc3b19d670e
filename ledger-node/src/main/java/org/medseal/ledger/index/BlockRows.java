package org.medseal.ledger.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.medseal.crypto.Digests;
import org.medseal.ledger.app.ActionThreads.Subject;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.app.Lookup.OfRecord;
import org.medseal.ledger.app.Lookup.OfThread;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/** Writes one block's rows. Neither commits nor rolls back; one thread. */
final class BlockRows implements AutoCloseable {
  private final PreparedStatement dropMarker;
  private final PreparedStatement marker;
  private final PreparedStatement dropState;
  private final PreparedStatement state;
  private final PreparedStatement transaction;
  private final PreparedStatement salt;
  private final PreparedStatement tag;
  private final PreparedStatement action;
  private final PreparedStatement history;

  BlockRows(Connection connection) throws SQLException {
    dropMarker = connection.prepareStatement("DELETE FROM marker");
    marker = connection.prepareStatement("INSERT INTO marker VALUES(?,?,?,?)");
    dropState = connection.prepareStatement("DELETE FROM state");
    state = connection.prepareStatement("INSERT INTO state VALUES(?,?)");
    transaction = connection.prepareStatement("INSERT INTO transactions VALUES(?,?,?,?)");
    salt = connection.prepareStatement("INSERT INTO salts VALUES(?)");
    tag = connection.prepareStatement("INSERT INTO tags VALUES(?,?,?,?,?)");
    action = connection.prepareStatement("INSERT INTO actions VALUES(?,?,?,?,?,?,?)");
    history = connection.prepareStatement("INSERT INTO histories VALUES(?,?,?)");
  }

  /** After a snapshot's block. */
  void writeHistory(long height, StateHistory after) throws SQLException {
    addHistory(height, 0, after.encode().toArray());
    history.executeBatch();
  }

  /** Of the transactions of one block, in its order; written with the next history. */
  void writeIds(long height, List<Hash> all) throws SQLException {
    int piece = 1;
    for (int from = 0; from < all.size(); from += Schema.IDS_PER_PIECE) {
      int to = Math.min(all.size(), from + Schema.IDS_PER_PIECE);
      CanonicalWriter ids = new CanonicalWriter();
      all.subList(from, to).forEach(ids::hash);
      addHistory(height, piece++, ids.toByteArray());
    }
  }

  /** Goes with the next block. */
  void writeHistory(StateHistory after, Block block) throws SQLException {
    long height = block.header().height();
    addHistory(height, 0, after.encode().toArray());
    writeIds(height, block.transactions().stream().map(IdentifiedTransaction::id).toList());
    history.executeBatch();
  }

  private void addHistory(long height, int piece, byte[] content) throws SQLException {
    history.setLong(1, height);
    history.setInt(2, piece);
    history.setBytes(3, content);
    history.addBatch();
  }

  void write(byte[] stateBlob, Block block, Hash blockId) throws SQLException {
    long height = block.header().height();
    int position = 0;
    for (IdentifiedTransaction each : block.transactions()) {
      write(Lookup.of(each, height, position++, block.header().timeMs()));
    }
    flush();
    writeNewest(height, stateBlob, blockId);
  }

  /** Written with the next {@link #flush}. */
  void write(Lookup lookup) throws SQLException {
    transaction.setBytes(1, lookup.id().toArray());
    transaction.setLong(2, lookup.height());
    transaction.setInt(3, lookup.position());
    transaction.setBoolean(4, lookup.content() instanceof OfRecord);
    transaction.addBatch();
    if (lookup.content() instanceof OfRecord record) {
      writeRecord(lookup, record);
    } else if (lookup.content() instanceof OfThread thread) {
      writeAction(lookup, thread);
    }
  }

  void flush() throws SQLException {
    for (PreparedStatement batch :
        new PreparedStatement[] {transaction, salt, tag, action, history}) {
      batch.executeBatch();
    }
  }

  /** What the newest block left behind. */
  void writeNewest(long height, byte[] stateBlob, Hash blockId) throws SQLException {
    writeState(stateBlob);
    dropMarker.executeUpdate();
    marker.setInt(1, Schema.VERSION);
    marker.setLong(2, height);
    marker.setBytes(3, blockId.toArray());
    marker.setBytes(4, Digests.sha256(stateBlob));
    marker.executeUpdate();
  }

  private void writeRecord(Lookup lookup, OfRecord record) throws SQLException {
    salt.setBytes(1, record.salt().toArray());
    salt.addBatch();
    Set<Hash> written = new HashSet<>();
    for (Hash each : record.tags()) {
      if (written.add(each)) {
        tag.setBytes(1, each.toArray());
        tag.setLong(2, lookup.height());
        tag.setInt(3, lookup.position());
        tag.setBytes(4, lookup.id().toArray());
        tag.setInt(5, record.format().code());
        tag.addBatch();
      }
    }
  }

  private void writeAction(Lookup lookup, OfThread thread) throws SQLException {
    Subject subject = thread.subject();
    action.setBytes(1, subject.id().toArray());
    action.setLong(2, lookup.height());
    action.setInt(3, lookup.position());
    action.setInt(4, subject.topic().code());
    action.setBytes(5, lookup.id().toArray());
    action.setLong(6, thread.timeMs());
    action.setBytes(7, thread.encoded().toArray());
    action.addBatch();
  }

  private void writeState(byte[] blob) throws SQLException {
    dropState.executeUpdate();
    int piece = 0;
    for (int from = 0; from < blob.length; from += Schema.STATE_PIECE) {
      int to = Math.min(blob.length, from + Schema.STATE_PIECE);
      state.setInt(1, piece++);
      state.setBytes(2, Arrays.copyOfRange(blob, from, to));
      state.addBatch();
    }
    state.executeBatch();
  }

  /** What a failed write left in the batches. */
  void clear() throws SQLException {
    for (PreparedStatement batch :
        new PreparedStatement[] {transaction, salt, tag, action, history, state}) {
      batch.clearBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement each :
        new PreparedStatement[] {
          dropMarker, marker, dropState, state, transaction, salt, tag, action, history
        }) {
      each.close();
    }
  }
}
