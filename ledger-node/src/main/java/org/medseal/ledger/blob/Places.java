package org.medseal.ledger.blob;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.ledger.blob.Held.State;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * Where blobs lie on this disk. A blob may be in all three places, since a node must not answer
 * differently for having seen it on its stem, or for being its author.
 *
 * @param kept for everybody, as a replica
 * @param passing on others' stems, for a while; gone after a restart
 * @param outgoing sealed here
 */
record Places(Room room, BlobStore kept, BlobStore passing, OutgoingBlobs outgoing) {
  /** BlobException DISK_FAILED if the folder cannot be read. */
  static Places open(Path folder, Disk disk, BlobParameters parameters, OptionalLong reserveBytes) {
    Room room = new Room(folder, disk, parameters, reserveBytes);
    return new Places(
        room,
        BlobStore.open(folder, disk, room, State.REPLICA),
        BlobStore.empty(folder.resolve("stem"), disk, room, State.TRANSIT),
        OutgoingBlobs.open(folder.resolve("out"), disk, parameters));
  }

  Optional<Copy> kept(Hash chunkRoot) {
    return kept.whole(chunkRoot).map(each -> new Copy(kept, each));
  }

  Optional<Copy> passing(Hash chunkRoot) {
    return passing.whole(chunkRoot).map(each -> new Copy(passing, each));
  }

  Optional<Copy> outgoing(Hash chunkRoot) {
    return outgoing.find(chunkRoot).map(each -> new Copy(outgoing, each));
  }

  /** For this node's own users. */
  Optional<Copy> any(Payload.Blob blob) {
    Hash chunkRoot = blob.chunkRoot();
    return kept(chunkRoot)
        .or(() -> outgoing(chunkRoot))
        .filter(each -> each.held().sizeBytes() == blob.sizeBytes());
  }
}
