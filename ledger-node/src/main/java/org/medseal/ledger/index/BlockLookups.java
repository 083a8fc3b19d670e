package org.medseal.ledger.index;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.app.AppStore.CommittedAction;
import org.medseal.ledger.app.AppStore.Location;
import org.medseal.ledger.app.AppStore.Topic;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordFormat;

/** Reads the index over a connection of its own. One call at a time. */
final class BlockLookups implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** Turns the row a cursor stands on into a value. */
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What the newest block left behind. */
  record Marker(int version, long height, Hash stateHash) {}

  private record Found(RecordReference reference, int position) {}

  BlockLookups(Connection connection) {
    this.connection = connection;
  }

  Optional<Marker> marker() throws SQLException {
    return query(
            "SELECT version, height, state_hash FROM marker",
            row -> new Marker(row.getInt(1), row.getLong(2), Hash.of(row.getBytes(3))))
        .stream()
        .findFirst();
  }

  /** Empty if it is not the one that was written with {@code expected}. */
  Optional<byte[]> state(Hash expected) throws SQLException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    query("SELECT content FROM state ORDER BY piece", row -> row.getBytes(1))
        .forEach(all::writeBytes);
    byte[] blob = all.toByteArray();
    return Hash.of(Digests.sha256(blob)).equals(expected) ? Optional.of(blob) : Optional.empty();
  }

  boolean containsSalt(byte[] salt) throws SQLException {
    return !query("SELECT 1 FROM salts WHERE salt = ?", row -> true, salt).isEmpty();
  }

  Optional<Location> locate(Hash id) throws SQLException {
    return query(
            "SELECT height, position, record FROM transactions WHERE id = ?",
            row -> new Location(row.getLong(1), row.getInt(2), row.getBoolean(3)),
            id.toArray())
        .stream()
        .findFirst();
  }

  List<RecordReference> recordsByTags(Collection<Hash> tags) throws SQLException {
    List<Found> found = new ArrayList<>();
    for (Hash tag : new TreeSet<>(tags)) {
      found.addAll(
          query(
              "SELECT id, height, position, format FROM tags WHERE tag = ?",
              row ->
                  new Found(
                      new RecordReference(
                          Hash.of(row.getBytes(1)), row.getLong(2), format(row.getInt(4)), tag),
                      row.getInt(3)),
              tag.toArray()));
    }
    found.sort(
        Comparator.<Found>comparingLong(each -> each.reference().height())
            .thenComparingInt(Found::position));
    return found.stream().map(Found::reference).toList();
  }

  List<CommittedAction> actionsOn(Hash subject) throws SQLException {
    return query(
        "SELECT id, height, position, time_ms, encoded FROM actions WHERE subject = ?"
            + " ORDER BY height, position",
        BlockLookups::action,
        subject.toArray());
  }

  List<CommittedAction> actions(Topic topic) throws SQLException {
    return query(
        "SELECT id, height, position, time_ms, encoded FROM actions WHERE topic = ?"
            + " ORDER BY height, position",
        BlockLookups::action,
        topic.code());
  }

  Optional<StateHistory> historyAfter(long height) throws SQLException {
    return query(
            "SELECT content FROM histories WHERE height = ? AND piece = 0",
            row -> StateHistory.decode(row.getBytes(1)),
            height)
        .stream()
        .findFirst();
  }

  List<Hash> transactionIds(long height) throws SQLException {
    List<Hash> ids = new ArrayList<>();
    for (byte[] piece :
        query(
            "SELECT content FROM histories WHERE height = ? AND piece > 0 ORDER BY piece",
            row -> row.getBytes(1),
            height)) {
      CanonicalReader in = new CanonicalReader(piece);
      while (in.remaining() > 0) {
        ids.add(in.hash());
      }
    }
    return ids;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private <T> List<T> query(String sql, RowReader<T> reader, Object... arguments)
      throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(reader.read(result));
      }
    }
    return rows;
  }

  private static CommittedAction action(ResultSet row) throws SQLException {
    return new CommittedAction(
        Hash.of(row.getBytes(1)),
        row.getLong(2),
        row.getInt(3),
        row.getLong(4),
        (InstitutionTransaction) Transactions.decode(row.getBytes(5)).transaction());
  }

  private static RecordFormat format(int code) throws SQLException {
    return Arrays.stream(RecordFormat.values())
        .filter(each -> each.code() == code)
        .findFirst()
        .orElseThrow(() -> new SQLException("unknown record format " + code));
  }
}
