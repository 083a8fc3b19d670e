package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.Application.PrepareRequest;
import org.medseal.ledger.engine.Application.ProcessRequest;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/** One node's application, driven as an engine would. Blocks are a second apart. */
final class TestLedger {
  static final SignatureChecks CHECKS = new SignatureChecks(2, 1000);

  final LedgerApplication application;
  private final List<Block> blocks = new ArrayList<>();

  TestLedger(Genesis genesis) {
    this(genesis, new InMemoryStore());
  }

  TestLedger(Genesis genesis, AppStore store) {
    this(genesis, store, CHECKS);
  }

  TestLedger(Genesis genesis, AppStore store, SignatureChecks checks) {
    application = new LedgerApplication(genesis, store, checks);
    if (application.info().height() == 0) {
      application.initChain(genesis);
    }
  }

  Verdict check(IdentifiedTransaction transaction) {
    return application.check(transaction);
  }

  /** By check, and by process, and left out by prepare. */
  void requireRefused(IdentifiedTransaction transaction, Verdict.Code code) {
    assertThat(check(transaction).code()).isEqualTo(code);
    assertThat(process(transaction)).isFalse();
    assertThat(prepare(transaction)).isEmpty();
  }

  void requireAllowed(IdentifiedTransaction transaction) {
    assertThat(check(transaction).code()).isEqualTo(Verdict.Code.OK);
    assertThat(prepare(transaction)).containsExactly(transaction);
    assertThat(process(transaction)).isTrue();
  }

  boolean process(IdentifiedTransaction... transactions) {
    return application.process(
        new ProcessRequest(nextHeight(), nextTimeMs(), List.of(transactions)));
  }

  List<IdentifiedTransaction> prepare(IdentifiedTransaction... candidates) {
    return application.prepare(
        new PrepareRequest(nextHeight(), nextTimeMs(), List.of(candidates), 1 << 20));
  }

  Finalized commit(IdentifiedTransaction... transactions) {
    assertThat(process(transactions)).isTrue();
    return apply(block(List.of(transactions), List.of()));
  }

  Finalized apply(Block block) {
    Finalized finalized =
        application.finalizeBlock(new FinalizeRequest(Blocks.id(block.header()), block));
    application.commit();
    blocks.add(block);
    return finalized;
  }

  void commitEmptyBlocks(int count) {
    for (int i = 0; i < count; i++) {
      commit();
    }
  }

  Block block(List<IdentifiedTransaction> transactions, List<Evidence> evidence) {
    BlockHeader header =
        new BlockHeader(
            BlockHeader.VERSION,
            TestConsortium.CHAIN,
            nextHeight(),
            nextTimeMs(),
            Hash.ZERO,
            Blocks.certificateHash(Optional.empty()),
            Blocks.transactionRoot(transactions),
            application.info().stateRoot(),
            Hash.ZERO,
            Blocks.evidenceHash(evidence),
            Blocks.replicaReceiptsHash(List.of()),
            Blocks.validatorsHash(application.view().validators()),
            Blocks.validatorsHash(application.view().validators()),
            Hash.ZERO,
            Hash.ZERO,
            0);
    return new Block(header, transactions, Optional.empty(), evidence);
  }

  List<Block> blocks() {
    return blocks;
  }

  LedgerView view() {
    return application.view();
  }

  Hash root() {
    return application.info().stateRoot();
  }

  private long nextHeight() {
    return application.info().height() + 1;
  }

  private long nextTimeMs() {
    return TestConsortium.GENESIS_MS + 1000 * nextHeight();
  }
}
