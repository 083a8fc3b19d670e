package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/**
 * What is stored beside a block so that a restart knows the chain state after it: sets are named by
 * the block that gave them, so that looking one up takes two reads however long the chain is.
 */
record Outcome(
    Hash stateRoot,
    Hash receiptsRoot,
    List<Long> priorities,
    long setBlock,
    long followingBlock,
    Optional<ValidatorSet> changed) {

  static Outcome of(ChainState after, Finalized finalized) {
    return new Outcome(
        after.stateRoot(),
        after.receiptsRoot(),
        after.rotation().priorities(),
        after.setBlock(),
        after.followingBlock(),
        finalized.nextValidators());
  }

  Outcome withGivers(long set, long following) {
    return new Outcome(stateRoot, receiptsRoot, priorities, set, following, changed);
  }

  Bytes encode() {
    CanonicalWriter out = new CanonicalWriter();
    Blocks.writePriorities(out.hash(stateRoot).hash(receiptsRoot), priorities);
    return out.u64(setBlock)
        .u64(followingBlock)
        .optional(changed, Registries::writeValidators)
        .toBytes();
  }

  static Outcome decode(Bytes bytes) {
    CanonicalReader in = new CanonicalReader(bytes.toArray());
    Outcome outcome =
        new Outcome(
            in.hash(),
            in.hash(),
            Blocks.readPriorities(in),
            in.u64(),
            in.u64(),
            in.optional(Registries::readValidators));
    in.end();
    return outcome;
  }
}
