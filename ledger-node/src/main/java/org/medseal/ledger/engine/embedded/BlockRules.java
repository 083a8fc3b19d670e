package org.medseal.ledger.engine.embedded;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.engine.Application.ProcessRequest;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/** What makes a block fit the chain. Building and checking share one computation of the header. */
final class BlockRules {
  private final Genesis genesis;
  private final Hash parametersHash;
  private final Application application;
  private final Chain chain;
  private final Signatures signatures;

  BlockRules(Genesis genesis, Application application, Chain chain, Signatures signatures) {
    this.genesis = genesis;
    this.parametersHash = Blocks.parametersHash(genesis.parameters());
    this.application = application;
    this.chain = chain;
    this.signatures = signatures;
  }

  int maxBytes() {
    return genesis.parameters().maxBlockBytes();
  }

  int maxRecords() {
    return genesis.parameters().maxBlockRecords();
  }

  /** The next block with this content. */
  Block build(
      long timeMs,
      int proposer,
      List<IdentifiedTransaction> chosen,
      List<Evidence> evidence,
      List<ReplicaReceipt> receipts) {
    Optional<CommitCertificate> lastCommit = chain.state().certificate();
    Hash transactions = Blocks.transactionRoot(chosen);
    BlockHeader header =
        header(
            timeMs,
            proposer,
            new Body(
                Blocks.certificateHash(lastCommit),
                transactions,
                Blocks.evidenceHash(evidence),
                Blocks.replicaReceiptsHash(receipts)));
    return new Block(header, chosen, lastCommit, evidence, receipts);
  }

  /** Hashes of the parts of a body. */
  private record Body(Hash lastCommit, Hash transactions, Hash evidence, Hash replicaReceipts) {}

  private BlockHeader header(long timeMs, int proposer, Body body) {
    ChainState state = chain.state();
    return new BlockHeader(
        BlockHeader.VERSION,
        genesis.chainId(),
        state.nextHeight(),
        timeMs,
        state.blockId(),
        body.lastCommit(),
        body.transactions(),
        state.stateRoot(),
        state.receiptsRoot(),
        body.evidence(),
        body.replicaReceipts(),
        Blocks.validatorsHash(state.validators()),
        Blocks.validatorsHash(state.following()),
        Blocks.prioritiesHash(state.rotation().priorities()),
        parametersHash,
        proposer);
  }

  /**
   * Whether header and body belong together. If not, whoever sent the pair is to blame, and the
   * block of that id may yet arrive whole.
   */
  static boolean isWhole(Block block) {
    BlockHeader header = block.header();
    return header.transactionRoot().equals(Blocks.transactionRoot(block.transactions()))
        && header.lastCommitHash().equals(Blocks.certificateHash(block.lastCommit()))
        && header.evidenceHash().equals(Blocks.evidenceHash(block.evidence()))
        && header.replicaReceiptsHash().equals(Blocks.replicaReceiptsHash(block.replicaReceipts()))
        && block.transactions().stream().allMatch(BlockRules::hasItsWitness);
  }

  private static boolean hasItsWitness(IdentifiedTransaction transaction) {
    return !(transaction.transaction() instanceof RecordTransaction record)
        || Transactions.witnessHash(record.witness()).equals(record.core().witnessHash());
  }

  /** Whether the header of a whole block is the only one possible here. */
  boolean followsTip(Block block) {
    BlockHeader header = block.header();
    BlockHeader expected =
        header(
            header.timeMs(),
            header.proposer(),
            new Body(
                header.lastCommitHash(),
                header.transactionRoot(),
                header.evidenceHash(),
                header.replicaReceiptsHash()));
    return header.equals(expected)
        && header.timeMs() > chain.state().timeMs()
        && header.proposer() < chain.state().validators().size();
  }

  /**
   * Why a whole block may not be decided next, in words; empty if it may. Whether it is empty is
   * the same on every correct node.
   */
  Optional<String> refusal(Block block) {
    if (!followsTip(block)) {
      return Optional.of("its header does not follow from the block before");
    }
    if (bytes(block) > maxBytes()) {
      return Optional.of("it is larger than a block may be");
    }
    if (!provesParent(block.lastCommit())) {
      return Optional.of("it does not prove that its parent was decided");
    }
    if (!isProvenEvidence(block)) {
      return Optional.of("its evidence is not proven, not new, or too old");
    }
    if (!new ReceiptRules(chain.state().validators(), genesis.parameters(), block.header().height())
        .isComplete(block.transactions(), block.replicaReceipts())) {
      return Optional.of("its replica receipts do not fit its transactions");
    }
    boolean allowed =
        application.process(
            new ProcessRequest(
                block.header().height(),
                block.header().timeMs(),
                block.transactions(),
                new Availability(chain.state().validators(), block.replicaReceipts())));
    return allowed ? Optional.empty() : Optional.of("one of its transactions breaks a rule");
  }

  private static long bytes(Block block) {
    return block.transactions().stream().mapToLong(each -> each.encoded().length()).sum();
  }

  private boolean provesParent(Optional<CommitCertificate> lastCommit) {
    ChainState state = chain.state();
    if (state.height() == 0 || lastCommit.isEmpty()) {
      return state.height() == 0 && lastCommit.isEmpty();
    }
    return lastCommit.equals(state.certificate())
        || isProof(lastCommit.get(), state.height(), state.blockId());
  }

  /** Whether a certificate proves that this block was decided at this height. */
  boolean isProof(CommitCertificate certificate, long height, Hash blockId) {
    ValidatorSet validators = chain.validatorsAt(height);
    return certificate.height() == height
        && certificate.blockId().equals(blockId)
        && signatures.isProof(certificate, validators);
  }

  private boolean isProvenEvidence(Block block) {
    if (block.evidence().size() > EvidencePool.MAX_PER_BLOCK) {
      return false;
    }
    Set<EvidencePool.Key> seen = new HashSet<>();
    for (Evidence each : block.evidence()) {
      EvidencePool.Key key = EvidencePool.Key.of(each);
      if (!seen.add(key)
          || !isOfAge(key, block.header().height())
          || !signatures.isProof(each, chain.validatorsAt(key.height()))
          || !isNew(key, block.header().height())) {
        return false;
      }
    }
    return true;
  }

  /** Of an earlier height, not expired. */
  private static boolean isOfAge(EvidencePool.Key key, long height) {
    return key.height() >= 1
        && key.height() < height
        && key.height() >= height - EvidencePool.MAX_AGE_BLOCKS;
  }

  /** In none of the blocks since, which may have to be read: only for what is proven. */
  private boolean isNew(EvidencePool.Key key, long height) {
    for (long each = key.height() + 1; each < height; each++) {
      if (chain.evidenceIn(each).contains(key)) {
        return false;
      }
    }
    return true;
  }
}
