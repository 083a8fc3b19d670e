package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/**
 * What the next block has to fit, after block {@code height}.
 *
 * @param rotation with the validators of the next height
 * @param following validators of the height after that
 * @param setBlock block whose execution gave the next height's validators; 0 for the genesis
 * @param followingBlock the same for {@code following}
 */
record ChainState(
    long height,
    Hash blockId,
    long timeMs,
    Optional<CommitCertificate> certificate,
    Hash stateRoot,
    Hash receiptsRoot,
    ProposerRotation rotation,
    ValidatorSet following,
    long setBlock,
    long followingBlock) {

  /** Roots after a block are the application's; before the first there are no receipts. */
  static ChainState genesis(Hash genesisHash, long timeMs, ValidatorSet validators, Hash root) {
    return new ChainState(
        0,
        genesisHash,
        timeMs,
        Optional.empty(),
        root,
        MerkleTree.root(List.of()),
        ProposerRotation.start(validators),
        validators,
        0,
        0);
  }

  long nextHeight() {
    return height + 1;
  }

  ValidatorSet validators() {
    return rotation.validators();
  }

  /** With a fuller proof of the newest block. */
  ChainState with(CommitCertificate fuller) {
    return new ChainState(
        height,
        blockId,
        timeMs,
        Optional.of(fuller),
        stateRoot,
        receiptsRoot,
        rotation,
        following,
        setBlock,
        followingBlock);
  }

  ChainState after(StoredBlock stored, Finalized finalized) {
    ProposerRotation turned = rotation.next();
    return new ChainState(
        stored.height(),
        stored.certificate().blockId(),
        stored.block().header().timeMs(),
        Optional.of(stored.certificate()),
        finalized.stateRoot(),
        finalized.receiptsRoot(),
        following.equals(validators()) ? turned : turned.withValidators(following),
        finalized.nextValidators().orElse(following),
        followingBlock,
        finalized.nextValidators().isPresent() ? stored.height() : followingBlock);
  }
}
