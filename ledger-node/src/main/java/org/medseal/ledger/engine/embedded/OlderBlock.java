package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.Bytes;

/**
 * A block from before the base a node joined by, with what executing it gave. Which blocks gave the
 * sets in force is left out of the note: it follows from the blocks before, which come later.
 *
 * @param note as beside any block, see {@link BlockStore#outcome}
 */
public record OlderBlock(StoredBlock stored, Bytes note) {
  /** As a peer gets it. */
  public static OlderBlock of(StoredBlock stored, Bytes outcome) {
    return new OlderBlock(stored, Outcome.decode(outcome).withGivers(0, 0).encode());
  }

  public long height() {
    return stored.height();
  }

  /** Whether executing it gave another validator set. */
  public boolean changesValidators() {
    return Outcome.decode(note).changed().isPresent();
  }

  /**
   * The whole note, once it is known which blocks gave the sets.
   *
   * @param setBlock gave the set of the next height; 0 for the genesis
   * @param followingBlock gave that of the height after it
   */
  public Bytes outcome(long setBlock, long followingBlock) {
    return Outcome.decode(note).withGivers(setBlock, followingBlock).encode();
  }

  Optional<Outcome> decodedNote() {
    try {
      return Optional.of(Outcome.decode(note))
          .filter(each -> each.setBlock() == 0 && each.followingBlock() == 0);
    } catch (CodecException e) {
      return Optional.empty();
    }
  }
}
