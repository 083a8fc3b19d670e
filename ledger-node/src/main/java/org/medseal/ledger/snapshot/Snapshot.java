package org.medseal.ledger.snapshot;

import java.util.List;
import org.medseal.crypto.Digests;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * What a node keeps of the ledger after one block, but for the whole runs of look-ups, which stand
 * in {@link LookupFile}.
 *
 * @param state canonical form of the application's
 * @param runs whole runs of look-ups
 * @param rest look-ups after them
 */
record Snapshot(long height, Bytes state, List<Run> runs, List<Bytes> rest) {
  /** Far above what a consortium of 256 institutions can fill. */
  static final int MAX_STATE_BYTES = 64 << 20;

  /**
   * Where a run stands.
   *
   * @param end of its bytes in the file; it begins where the one before ends
   */
  record Run(Hash root, long end) {}

  Snapshot {
    runs = List.copyOf(runs);
    rest = List.copyOf(rest);
  }

  List<Hash> roots() {
    return runs.stream().map(Run::root).toList();
  }

  long lookups() {
    return (long) runs.size() * Lookups.RUN + rest.size();
  }

  /** Of the look-up file, as far as this snapshot reaches. */
  long end() {
    return runs.isEmpty() ? 0 : runs.get(runs.size() - 1).end();
  }

  /** With a checksum at its end. */
  byte[] encode() {
    CanonicalWriter out = new CanonicalWriter().domain(Domain.SNAPSHOT).u64(height).bytes(state);
    out.list(runs, (each, run) -> each.hash(run.root()).u64(run.end()));
    out.list(rest, CanonicalWriter::bytes);
    Bytes content = out.toBytes();
    return new CanonicalWriter().bytes(content).hash(digest(content)).toByteArray();
  }

  static Snapshot decode(byte[] encoded) {
    CanonicalReader outer = new CanonicalReader(encoded);
    Bytes content = outer.bytes(Integer.MAX_VALUE);
    Hash digest = outer.hash();
    outer.end();
    if (!digest(content).equals(digest)) {
      throw new CodecException(Reason.BAD_VALUE, "its checksum differs");
    }
    CanonicalReader in = new CanonicalReader(content.toArray()).domain(Domain.SNAPSHOT);
    Snapshot snapshot =
        new Snapshot(
            in.u64(),
            in.bytes(MAX_STATE_BYTES),
            in.list(Lookups.MAX_RUNS, each -> new Run(each.hash(), each.u64())),
            in.list(Lookups.RUN - 1, each -> each.bytes(Lookup.MAX_BYTES)));
    in.end();
    return snapshot;
  }

  private static Hash digest(Bytes content) {
    return Hash.of(Digests.sha256(content.toArray()));
  }
}
