package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.Application.ProcessRequest;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/** Executes blocks one after the other, each checked against all that came before it. */
final class BlockReplay {
  private final Genesis genesis;
  private final Application application;
  private long height;
  private long timeMs;
  private long transactions;
  private Hash blockId;
  private Hash stateRoot;
  private Hash receiptsRoot = MerkleTree.root(List.of());
  private ValidatorSet validators;
  private ValidatorSet following;
  private Optional<String> difference = Optional.empty();

  BlockReplay(Genesis genesis, Application application) {
    this.genesis = genesis;
    this.application = application;
    Application.InitChain first = application.initChain(genesis);
    this.timeMs = genesis.timeMs();
    this.blockId = Registries.genesisHash(genesis);
    this.stateRoot = first.stateRoot();
    this.validators = first.validators();
    this.following = validators;
  }

  Optional<String> difference() {
    return difference;
  }

  String atNextHeight(String what) {
    return "height " + (height + 1) + ": " + what;
  }

  VerificationReport report(Optional<String> found) {
    return new VerificationReport(height, blockId, stateRoot, transactions, found);
  }

  /** The first thing about this block that does not hold; empty if it was executed. */
  Optional<String> execute(StoredBlock stored) {
    Block block = stored.block();
    difference =
        headerFault(block.header())
            .or(() -> bodyFault(block))
            .or(() -> certificateFault(stored))
            .or(() -> transactionFault(block))
            .map(this::atNextHeight);
    if (difference.isEmpty()) {
      apply(stored);
    }
    return difference;
  }

  private Optional<String> headerFault(BlockHeader header) {
    Faults faults = new Faults();
    faults.unless(header.version() == BlockHeader.VERSION, "format version differs");
    faults.unless(header.chainId().equals(genesis.chainId()), "chain id differs");
    faults.unless(header.height() == height + 1, "the block says height " + header.height());
    faults.unless(header.parent().equals(blockId), "parent hash differs");
    faults.unless(header.timeMs() > timeMs, "time does not rise");
    faults.unless(header.stateRoot().equals(stateRoot), "state root differs");
    faults.unless(header.receiptsRoot().equals(receiptsRoot), "receipts root differs");
    faults.unless(
        header.validatorsHash().equals(Blocks.validatorsHash(validators)), "validators differ");
    faults.unless(
        header.nextValidatorsHash().equals(Blocks.validatorsHash(following)),
        "next validators differ");
    faults.unless(
        header.parametersHash().equals(Blocks.parametersHash(genesis.parameters())),
        "parameters differ");
    return faults.first();
  }

  private Optional<String> bodyFault(Block block) {
    BlockHeader header = block.header();
    Faults faults = new Faults();
    faults.unless(
        header.transactionRoot().equals(Blocks.transactionRoot(block.transactions())),
        "transaction root differs");
    faults.unless(
        header.lastCommitHash().equals(Blocks.certificateHash(block.lastCommit())),
        "hash of the parent's certificate differs");
    faults.unless(
        header.evidenceHash().equals(Blocks.evidenceHash(block.evidence())),
        "evidence hash differs");
    faults.unless(
        header.replicaReceiptsHash().equals(Blocks.replicaReceiptsHash(block.replicaReceipts())),
        "hash of the receipts differs");
    faults.unless(
        block.lastCommit().isPresent() == (height > 0), "the parent's certificate is missing");
    block
        .lastCommit()
        .ifPresent(
            last ->
                faults.unless(
                    last.height() == height && last.blockId().equals(blockId),
                    "the parent's certificate is for another block"));
    block.transactions().forEach(each -> faults.unless(isWhole(each), "witness of " + each.id()));
    return faults.first();
  }

  /** A block hashes cores only; the witness must be the one its core names. */
  private static boolean isWhole(IdentifiedTransaction transaction) {
    return !(transaction.transaction() instanceof RecordTransaction record)
        || record.core().witnessHash().equals(Transactions.witnessHash(record.witness()));
  }

  private Optional<String> certificateFault(StoredBlock stored) {
    CommitCertificate certificate = stored.certificate();
    Hash id = Blocks.id(stored.block().header());
    if (certificate.height() != height + 1 || !certificate.blockId().equals(id)) {
      return Optional.of("the commit certificate is for another block");
    }
    long power = 0;
    int previous = -1;
    for (CommitSignature each : certificate.signatures()) {
      if (each.validator() <= previous
          || each.validator() >= validators.size()
          || !isSigned(certificate, each)) {
        return Optional.of(
            "the commit certificate's signature of validator "
                + each.validator()
                + " does not hold");
      }
      previous = each.validator();
      power += validators.get(previous).stake();
    }
    return validators.isQuorum(power)
        ? Optional.empty()
        : Optional.of("the commit certificate has no quorum");
  }

  private boolean isSigned(CommitCertificate certificate, CommitSignature signature) {
    try {
      return Ed25519PublicKey.fromBytes(validators.get(signature.validator()).key().toArray())
          .verify(
              Votes.signBytes(genesis.chainId(), Votes.precommit(certificate, signature)),
              signature.signature().toArray());
    } catch (CryptoException e) {
      return false;
    }
  }

  private Optional<String> transactionFault(Block block) {
    ProcessRequest request = request(block, block.transactions());
    if (application.process(request)) {
      return Optional.empty();
    }
    if (!new ReceiptRules(validators, genesis.parameters().blobs())
        .isComplete(block.transactions(), block.replicaReceipts())) {
      return Optional.of("the receipts for its chunks are not what the block needs");
    }
    OptionalInt first = OptionalInt.empty();
    for (int i = 0; first.isEmpty() && i < block.transactions().size(); i++) {
      List<IdentifiedTransaction> upTo = new ArrayList<>(block.transactions().subList(0, i + 1));
      if (!application.process(request(block, upTo))) {
        first = OptionalInt.of(i);
      }
    }
    return Optional.of(
        first.isEmpty()
            ? "the block breaks a rule"
            : "transaction "
                + block.transactions().get(first.getAsInt()).id()
                + " breaks a rule or its signature does not hold");
  }

  /** With the receipts that belong to these. */
  private ProcessRequest request(Block block, List<IdentifiedTransaction> transactions) {
    Set<Hash> roots = ReceiptRules.sizes(transactions).map(Map::keySet).orElseGet(Set::of);
    List<ReplicaReceipt> receipts =
        block.replicaReceipts().stream().filter(each -> roots.contains(each.chunkRoot())).toList();
    return new ProcessRequest(
        block.header().height(),
        block.header().timeMs(),
        transactions,
        new Availability(
            validators,
            transactions.size() == block.transactions().size()
                ? block.replicaReceipts()
                : receipts));
  }

  private void apply(StoredBlock stored) {
    Hash id = stored.certificate().blockId();
    Finalized finalized =
        application.finalizeBlock(new FinalizeRequest(id, stored.block(), validators));
    application.commit();
    height = stored.height();
    timeMs = stored.block().header().timeMs();
    transactions += stored.block().transactions().size();
    blockId = id;
    stateRoot = finalized.stateRoot();
    receiptsRoot = finalized.receiptsRoot();
    validators = following;
    following = finalized.nextValidators().orElse(following);
  }

  private static final class Faults {
    private Optional<String> first = Optional.empty();

    void unless(boolean holds, String otherwise) {
      if (!holds && first.isEmpty()) {
        first = Optional.of(otherwise);
      }
    }

    Optional<String> first() {
      return first;
    }
  }
}
