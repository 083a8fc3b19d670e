package org.medseal.ledger.snapshot;

import java.util.List;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.proof.HeaderPath;

/**
 * What makes a snapshot believable: the path from the joining node's checkpoint to the header after
 * the snapshot's block, which commits to everything else.
 *
 * @param priorities of the proposers of that header's height
 */
record SnapshotHead(HeaderPath path, List<Long> priorities) {
  Bytes encode() {
    CanonicalWriter out = new CanonicalWriter();
    path.write(out);
    Blocks.writePriorities(out, priorities);
    return out.toBytes();
  }

  static SnapshotHead decode(Bytes content) {
    CanonicalReader in = new CanonicalReader(content.toArray());
    SnapshotHead head = new SnapshotHead(HeaderPath.read(in), Blocks.readPriorities(in));
    in.end();
    return head;
  }
}
