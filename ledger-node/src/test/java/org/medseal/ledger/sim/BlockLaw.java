package org.medseal.ledger.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/** Which blocks may be decided at a height, found apart from the engine: I5 before the decision. */
final class BlockLaw {
  private final Genesis genesis;
  private final ChainLaw chain;
  private final Map<Hash, Optional<String>> known = new HashMap<>();

  BlockLaw(Genesis genesis, ChainLaw chain) {
    this.genesis = genesis;
    this.chain = chain;
  }

  /** Why this block may not follow; empty if it may. The height before has to be decided. */
  Optional<String> faultIn(Block block, long height) {
    return known.computeIfAbsent(Blocks.id(block.header()), id -> look(block, height));
  }

  private Optional<String> look(Block block, long height) {
    BlockHeader header = block.header();
    if (!isWhole(block)) {
      return Optional.of("body and header");
    }
    if (header.height() != height
        || !header.chainId().equals(SimGenesis.CHAIN)
        || header.version() != BlockHeader.VERSION
        || !header.parametersHash().equals(Blocks.parametersHash(genesis.parameters()))) {
      return Optional.of("height, chain, version or parameters");
    }
    if (!header.validatorsHash().equals(Blocks.validatorsHash(chain.set(height).orElseThrow()))
        || !header
            .nextValidatorsHash()
            .equals(Blocks.validatorsHash(chain.set(height + 1).orElseThrow()))
        || !header.prioritiesHash().equals(priorities(height))
        || header.proposer() >= chain.set(height).orElseThrow().size()) {
      return Optional.of("validators or their priorities");
    }
    return faultTowardsParent(block, height)
        .or(() -> faultInTransactions(block.transactions(), height))
        .or(() -> faultInEvidence(block.evidence(), height));
  }

  private Hash priorities(long height) {
    return Blocks.prioritiesHash(chain.rotation(height).orElseThrow().priorities());
  }

  private static boolean isWhole(Block block) {
    BlockHeader header = block.header();
    return header.transactionRoot().equals(Blocks.transactionRoot(block.transactions()))
        && header.lastCommitHash().equals(Blocks.certificateHash(block.lastCommit()))
        && header.evidenceHash().equals(Blocks.evidenceHash(block.evidence()));
  }

  private Optional<String> faultTowardsParent(Block block, long height) {
    BlockHeader header = block.header();
    if (height == 1) {
      boolean first =
          block.lastCommit().isEmpty()
              && header.parent().equals(Registries.genesisHash(genesis))
              && header.receiptsRoot().equals(MerkleTree.root(List.of()))
              && header.stateRoot().equals(Hash.ZERO)
              && header.timeMs() > SimGenesis.TIME_MS;
      return first ? Optional.empty() : Optional.of("a first block");
    }
    StoredBlock parent = chain.block(height - 1);
    Hash root = chain.root(height - 1);
    boolean follows =
        header.parent().equals(Blocks.id(parent.block().header()))
            && header.timeMs() > parent.block().header().timeMs()
            && header.stateRoot().equals(root)
            && header.receiptsRoot().equals(MerkleTree.root(List.of(root.bytes())));
    if (!follows) {
      return Optional.of("parent, time, state root or receipts");
    }
    boolean proven =
        block.lastCommit().isPresent()
            && block.lastCommit().get().height() == height - 1
            && block.lastCommit().get().blockId().equals(header.parent())
            && chain.faultIn(block.lastCommit().get()).isEmpty();
    return proven ? Optional.empty() : Optional.of("proof of the parent");
  }

  private Optional<String> faultInTransactions(List<IdentifiedTransaction> all, long height) {
    Set<Hash> seen = new HashSet<>();
    for (IdentifiedTransaction each : all) {
      if (SimApplication.isForbidden(each)
          || !seen.add(each.id())
          || chain.committedAt(each.id()) < height) {
        return Optional.of("a transaction that is forbidden or repeated");
      }
    }
    return Optional.empty();
  }

  private Optional<String> faultInEvidence(List<Evidence> all, long height) {
    Set<String> seen = new HashSet<>();
    for (Evidence each : all) {
      Accusation accusation = Accusation.of(each);
      if (!seen.add(accusation.slot())
          || accusation.height() < 1
          || accusation.height() >= height
          || chain.isAccusedBefore(accusation, height)
          || !accusation.holds(chain.set(accusation.height()).orElseThrow())) {
        return Optional.of("evidence that is not proven or not new");
      }
    }
    return Optional.empty();
  }
}
