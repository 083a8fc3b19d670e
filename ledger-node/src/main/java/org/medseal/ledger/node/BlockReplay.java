package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.medseal.ledger.app.HistoryStore;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.Application.ProcessRequest;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.ReplayState;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.replica.ReceiptRules;

/** Executes blocks one after the other, each checked against all that came before it. */
final class BlockReplay {
  private final Genesis genesis;
  private final Application application;
  private final HistoryStore kept;
  private final ReplayState chain;
  private MerkleFrontier history = MerkleFrontier.EMPTY;
  private Optional<String> difference = Optional.empty();

  /**
   * @param kept the index the application commits to
   */
  BlockReplay(Genesis genesis, Application application, HistoryStore kept) {
    this.genesis = genesis;
    this.application = application;
    this.kept = kept;
    this.chain = new ReplayState(genesis, application.initChain(genesis));
  }

  Optional<String> difference() {
    return difference;
  }

  String atNextHeight(String what) {
    return "height " + (chain.height() + 1) + ": " + what;
  }

  VerificationReport report(Optional<String> found) {
    return new VerificationReport(
        chain.height(), chain.blockId(), chain.stateRoot(), history.size(), found);
  }

  /**
   * The first thing about this block that does not hold; empty if it was executed.
   *
   * @param outcome what is kept beside it
   */
  Optional<String> execute(StoredBlock stored, Bytes outcome) {
    Block block = stored.block();
    difference =
        headerFault(block.header())
            .or(() -> bodyFault(block))
            .or(() -> chain.lastCommitFault(block.lastCommit()))
            .or(() -> chain.certificateFault(stored.certificate(), Blocks.id(block.header())))
            .or(() -> chain.proposerFault(stored))
            .or(() -> chain.evidenceFault(block))
            .or(() -> transactionFault(block))
            .map(this::atNextHeight);
    if (difference.isEmpty()) {
      difference = apply(stored, outcome);
    }
    return difference;
  }

  private Optional<String> headerFault(BlockHeader header) {
    Faults faults = new Faults();
    faults.unless(header.version() == BlockHeader.VERSION, "format version differs");
    faults.unless(header.chainId().equals(genesis.chainId()), "chain id differs");
    faults.unless(
        header.height() == chain.height() + 1, "the block says height " + header.height());
    faults.unless(header.parent().equals(chain.blockId()), "parent hash differs");
    faults.unless(header.timeMs() > chain.timeMs(), "time does not rise");
    faults.unless(header.stateRoot().equals(chain.stateRoot()), "state root differs");
    faults.unless(header.receiptsRoot().equals(chain.receiptsRoot()), "receipts root differs");
    faults.unless(
        header.validatorsHash().equals(Blocks.validatorsHash(chain.validators())),
        "validators differ");
    faults.unless(
        header.nextValidatorsHash().equals(Blocks.validatorsHash(chain.following())),
        "next validators differ");
    faults.unless(
        header.prioritiesHash().equals(Blocks.prioritiesHash(chain.priorities())),
        "proposer priorities differ");
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
    block.transactions().forEach(each -> faults.unless(isWhole(each), "witness of " + each.id()));
    return faults.first();
  }

  /** A block hashes cores only; the witness must be the one its core names. */
  private static boolean isWhole(IdentifiedTransaction transaction) {
    return !(transaction.transaction() instanceof RecordTransaction record)
        || record.core().witnessHash().equals(Transactions.witnessHash(record.witness()));
  }

  private Optional<String> transactionFault(Block block) {
    ProcessRequest request = request(block, block.transactions());
    if (application.process(request)) {
      return Optional.empty();
    }
    if (!new ReceiptRules(chain.validators(), genesis.parameters(), block.header().height())
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
            chain.validators(),
            transactions.size() == block.transactions().size()
                ? block.replicaReceipts()
                : receipts));
  }

  private Optional<String> apply(StoredBlock stored, Bytes outcome) {
    Finalized finalized =
        application.finalizeBlock(
            new FinalizeRequest(
                stored.certificate().blockId(), stored.block(), chain.validators()));
    application.commit();
    history =
        history.append(
            stored.block().transactions().stream().map(each -> each.id().bytes()).toList());
    boolean historic =
        kept.historyAfter(stored.height())
            .filter(each -> each.frontier().equals(history))
            .filter(each -> each.isIn(finalized.stateRoot()))
            .isPresent();
    Optional<String> note = chain.take(stored, finalized, outcome);
    return (historic ? note : Optional.of("the state's history is not that of the blocks"))
        .map(what -> "height " + stored.height() + ": " + what);
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
